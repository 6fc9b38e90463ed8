package dev.latencylens.benchmarks.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  private Progress progress(final Progress.Style style, final int rounds) {
    return new Progress(
        out,
        style,
        new Progress.Size(rounds, 2_040, Duration.ofMinutes(20)),
        Clock.fixed(Instant.parse("2026-11-23T21:41:00Z"), ZoneOffset.UTC));
  }

  private static Progress.RoundEnd end(final String result, final Progress.Trouble trouble) {
    return new Progress.RoundEnd(result, trouble, 340, Optional.of("0.0123 USD"));
  }

  @Test
  void aLogGetsOnePlainLineForEachFinishedRound() {
    try (Progress progress = progress(Progress.Style.LINES, 2)) {
      progress.roundStarts("block 1, a");
      progress.measuring();
      assertThat(text()).isEmpty();
      progress.roundEnds(
          new Progress.RoundEnd("12 streams", Progress.Trouble.NONE, 12, Optional.empty()));
      progress.roundStarts("block 1, b");
      progress.roundEnds(end("FAILED: gone", Progress.Trouble.ROUND));
    }

    assertThat(text().lines())
        .hasSize(2)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .matches("\\[1/2] block 1, a: 12 streams \\(\\d+ s\\), about \\d+ s left"),
            last ->
                assertThat(last)
                    .matches("\\[2/2] block 1, b: FAILED: gone \\(\\d+ s\\), 0.0123 USD so far"));
    assertThat(text()).doesNotContain("\r", "\u001b");
  }

  @Test
  void aTerminalHasOneLineForTheWholeRunThatIsClearedInTheEnd() {
    try (Progress progress = progress(Progress.Style.TERMINAL, 2)) {
      progress.roundStarts("block 1 of 2, a");
      assertThat(text())
          .endsWith("\r\u001b[K[1/2] block 1 of 2, a (warm-up): 0/2,040 streams, ends 22:01");
      progress.measuring();
      progress.roundEnds(end("340 streams", Progress.Trouble.NONE));
      progress.roundStarts("block 2 of 2, a");
      assertThat(text())
          .endsWith("[2/2] block 2 of 2, a (warm-up): 340/2,040 streams, 0.0123 USD, ends 21:41");
    }

    assertThat(text()).doesNotContain("\n").endsWith("\r\u001b[K");
  }

  @Test
  void whatWentWrongStaysInSightOnATerminal() {
    try (Progress progress = progress(Progress.Style.TERMINAL, 3)) {
      progress.roundStarts("block 1 of 3, a");
      progress.roundEnds(end("340 streams, of which 2 http_5xx", Progress.Trouble.STREAMS));
    }

    assertThat(text())
        .contains("\r\u001b[K[1/3] block 1 of 3, a: 340 streams, of which 2 http_5xx");
  }

  @Test
  void aNameThatIsTooLongForTheLineGivesWay() {
    try (Progress progress = progress(Progress.Style.TERMINAL, 12)) {
      progress.roundStarts("block 1 of 2, " + "long/".repeat(60));
      progress.roundEnds(end("340 streams", Progress.Trouble.NONE));
      progress.roundStarts("block 1 of 2, " + "long/".repeat(60));
    }

    final List<String> drawn = List.of(text().split("\r\u001b\\[K"));
    assertThat(drawn).allMatch(line -> line.length() <= 79);
    assertThat(drawn.get(drawn.size() - 1)).contains("block 1 of 2, lon", "…", "340/2,040");
  }

  @Test
  void quietTellsOfRoundsWithoutFiguresAlone() {
    try (Progress progress = progress(Progress.Style.QUIET, 2)) {
      progress.roundStarts("block 1, a");
      progress.roundEnds(end("340 streams, of which 2 http_5xx", Progress.Trouble.STREAMS));
      assertThat(text()).isEmpty();
      progress.roundStarts("block 1, b");
      progress.roundEnds(end("FAILED: gone", Progress.Trouble.ROUND));
    }

    assertThat(text()).startsWith("[2/2] block 1, b: FAILED: gone").hasLineCount(1);
  }

  @Test
  void durationsAreInSecondsUntilTheyAreLong() {
    assertThat(Progress.words(Duration.ofMillis(1_499))).isEqualTo("1 s");
    assertThat(Progress.words(Duration.ofMillis(99_499))).isEqualTo("99 s");
    assertThat(Progress.words(Duration.ofSeconds(100))).isEqualTo("1 min 40 s");
    assertThat(Progress.words(Duration.ofSeconds(605))).isEqualTo("10 min 05 s");
  }

  private String text() {
    return bytes.toString(UTF_8);
  }
}
