package dev.latencylens.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.Usage;
import dev.latencylens.harness.timeline.StreamMetrics;
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
        new StreamRecord(
            "r1",
            "openai",
            "m",
            Outcome.RATE_LIMITED,
            Optional.empty(),
            OptionalInt.of(429),
            1_000,
            1_300,
            OptionalLong.of(1_400),
            NONE,
            2_600,
            NONE,
            new Content(new long[0], -1, 0, 0, 0),
            Usage.UNKNOWN,
            Optional.empty(),
            new ConnectionPhases(false, "HTTP/1.1", NONE, NONE, NONE),
            Map.of(),
            Optional.empty(),
            Map.of("date", "Mon, 23 Nov 2026 16:03:18 GMT", "retry-after-ms", "250"),
            Optional.empty(),
            Optional.empty());

    assertThat(
            StreamLines.of(1, "c001", record, 1, StreamMetrics.of(record), Optional.empty())
                .rateLimits())
        .containsOnly(Map.entry("retry-after-ms", "250"));
  }
}
