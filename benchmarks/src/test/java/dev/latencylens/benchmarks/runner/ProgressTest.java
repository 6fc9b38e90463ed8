package dev.latencylens.benchmarks.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void aLogGetsOnePlainLineForEachFinishedRound() {
    try (Progress progress = new Progress(out, false, 2)) {
      progress.roundStarts("block 1, a");
      progress.measuring();
      assertThat(text()).isEmpty();
      progress.roundEnds("12 streams");
      progress.roundStarts("block 1, b");
      progress.roundEnds("FAILED: gone");
    }

    assertThat(text().lines())
        .hasSize(2)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .matches("\\[1/2] block 1, a: 12 streams \\(\\d+ s\\), about \\d+ s left"),
            last -> assertThat(last).matches("\\[2/2] block 1, b: FAILED: gone \\(\\d+ s\\)"));
    assertThat(text()).doesNotContain("\r", "\u001b");
  }

  @Test
  void aTerminalShowsTheRoundUnderWayAndItsLineIsClearedInTheEnd() {
    try (Progress progress = new Progress(out, true, 1)) {
      progress.roundStarts("block 1, a");
      assertThat(text()).contains("[1/1] block 1, a: warming up, 0 s");
    }

    assertThat(text()).endsWith("\r\u001b[K");
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
