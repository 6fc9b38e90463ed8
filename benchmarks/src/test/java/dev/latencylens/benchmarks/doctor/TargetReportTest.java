package dev.latencylens.benchmarks.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.transport.EndpointLook;
import dev.latencylens.harness.transport.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is worth a line, of what a look has found. */
final class TargetReportTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Finding KEY = Finding.pass("key", "from the file x");

  @Test
  void aCertificateThatEndsSoonIsWorthALook() {
    assertThat(report(Duration.ofDays(90), Duration.ZERO, false).findings()).containsExactly(KEY);
    final TargetReport soon = report(Duration.ofDays(13), Duration.ZERO, false);
    assertThat(soon.findings())
        .hasSize(2)
        .last()
        .extracting(Finding::state, Finding::subject)
        .containsExactly(State.LOOK, "certificate");
    assertThat(soon.cells(false)).contains("13");
    assertThat(report(Duration.ofDays(1), Duration.ZERO, true).findings()).containsExactly(KEY);
  }

  @Test
  void aClockThatIsOffFailsOnlyWhereSignaturesWould() {
    assertThat(report(Duration.ofDays(90), Duration.ofSeconds(4), false).findings())
        .containsExactly(KEY);
    assertThat(report(Duration.ofDays(90), Duration.ofMinutes(-1), false).findings().get(1))
        .extracting(Finding::state, Finding::found)
        .containsExactly(State.LOOK, "the server's is 60.0 s behind this one's");
    assertThat(report(Duration.ofDays(90), Duration.ofMinutes(6), false).findings().get(1))
        .extracting(Finding::state, Finding::found)
        .containsExactly(State.FAIL, "the server's is 360.0 s ahead of this one's");
  }

  @Test
  void aRowHasAsManyCellsAsThereAreHeadings() {
    final TargetReport report = report(Duration.ofDays(90), Duration.ofMillis(-1200), false);

    assertThat(report.cells(false)).hasSameSizeAs(TargetReport.headings(false));
    assertThat(report.cells(true)).hasSameSizeAs(TargetReport.headings(true));
    assertThat(report.cells(false))
        .isEqualTo(List.of("t", "ok", "3.00", "14.0", "31.0", "2.0", "90", "-1.2"));
  }

  private static TargetReport report(
      final Duration certificate, final Duration ahead, final boolean madeForThisRun) {
    return new TargetReport(
        "t",
        KEY,
        new EndpointLook(
            Outcome.COMPLETE,
            Optional.empty(),
            new ConnectionPhases(
                true,
                "HTTP/2.0",
                OptionalLong.of(3_000_000),
                OptionalLong.of(14_000_000),
                OptionalLong.of(31_000_000)),
            OptionalInt.of(404),
            Optional.of("TLSv1.3"),
            Optional.of(NOW.plus(certificate)),
            Optional.of(new ServerClock(ahead, Duration.ofMillis(510)))),
        Optional.empty(),
        madeForThisRun,
        NOW);
  }
}
