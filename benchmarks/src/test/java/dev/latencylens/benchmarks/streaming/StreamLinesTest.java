package dev.latencylens.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.Usage;
import dev.latencylens.harness.timeline.StreamMetrics;
import dev.latencylens.results.run.LongGap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class StreamLinesTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Test
  void theResponsesDateIsNoRateLimit() {
    final StreamRecord record =
        record(
            Outcome.RATE_LIMITED,
            429,
            new Content(new long[0], -1, 0, 0, 0),
            Map.of("date", "Mon, 23 Nov 2026 16:03:18 GMT", "retry-after-ms", "250"));

    assertThat(
            StreamLines.of(1, "c001", record, 1, StreamMetrics.of(record), Optional.empty())
                .rateLimits())
        .containsOnly(Map.entry("retry-after-ms", "250"));
  }

  @Test
  void theLongestGapsStandInTheLineWithTheirPlaces() {
    // Gaps of 5, 0 (one read), 20, 5, 30, 1 from event to event; the start is at 1400.
    final long[] stamps = {1_500, 1_505, 1_505, 1_525, 1_530, 1_560, 1_561};
    final StreamRecord record = complete(new Content(stamps, 0, 6, 2, 7));

    assertThat(
            StreamLines.of(1, "c001", record, 1, StreamMetrics.of(record), Optional.empty())
                .longestGaps())
        .containsExactly(new LongGap(130, 6, 30), new LongGap(105, 4, 20), new LongGap(100, 2, 5));
  }

  private static StreamRecord complete(final Content content) {
    return record(Outcome.COMPLETE, 200, content, Map.of());
  }

  private static StreamRecord record(
      final Outcome outcome,
      final int status,
      final Content content,
      final Map<String, String> rateLimits) {
    return new StreamRecord(
        "r1",
        "openai",
        "m",
        outcome,
        Optional.empty(),
        OptionalInt.of(status),
        1_000,
        1_300,
        OptionalLong.of(1_400),
        NONE,
        2_600,
        NONE,
        content,
        Usage.UNKNOWN,
        Optional.empty(),
        new ConnectionPhases(false, "HTTP/1.1", NONE, NONE, NONE),
        Map.of(),
        Optional.empty(),
        rateLimits,
        Optional.empty(),
        Optional.empty());
  }
}
