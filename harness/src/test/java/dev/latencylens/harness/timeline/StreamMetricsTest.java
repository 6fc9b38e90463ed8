package dev.latencylens.harness.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.Usage;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class StreamMetricsTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  private static StreamRecord record(
      final Outcome outcome, final Content content, final OptionalLong streamedTokens) {
    return new StreamRecord(
        "r1",
        "openai",
        "m",
        outcome,
        Optional.empty(),
        OptionalInt.of(200),
        1_000,
        1_300,
        OptionalLong.of(1_400),
        OptionalLong.of(1_500),
        2_600,
        NONE,
        content,
        new Usage(NONE, NONE, streamedTokens, NONE, OptionalLong.of(0)),
        Optional.of("stop"),
        new ConnectionPhases(true, "HTTP/1.1", NONE, OptionalLong.of(30), OptionalLong.of(50)),
        Map.of(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void theMetricsFollowTheirDefinitions() {
    final Content content = new Content(new long[] {1_600, 1_900, 1_900, 2_500}, 1, 3, 2, 40);

    final StreamMetrics metrics =
        StreamMetrics.of(record(Outcome.COMPLETE, content, OptionalLong.of(10)));

    assertThat(metrics.queue()).isEqualTo(300);
    assertThat(metrics.lease()).hasValue(20);
    assertThat(metrics.ttfb()).hasValue(100);
    assertThat(metrics.ttft()).hasValue(200);
    assertThat(metrics.ttfat()).hasValue(500);
    assertThat(metrics.e2e()).hasValue(1_100);
    assertThat(metrics.total()).isEqualTo(1_200);
    assertThat(metrics.maxGap()).hasValue(600);
    assertThat(metrics.tpot()).hasValue(100.0);
    assertThat(metrics.responseTtft()).hasValue(600);
    assertThat(metrics.responseE2e()).hasValue(1_500);
  }

  @Test
  void tpotIsAbsentWhereItCannotBeKnown() {
    final Content spread = new Content(new long[] {1_600, 2_500}, 0, 2, 0, 9);
    final Content oneRead = new Content(new long[] {1_600, 1_600}, 0, 1, 2, 9);

    assertThat(StreamMetrics.of(record(Outcome.COMPLETE, spread, NONE)).tpot()).isEmpty();
    assertThat(StreamMetrics.of(record(Outcome.COMPLETE, spread, OptionalLong.of(1))).tpot())
        .isEmpty();
    assertThat(StreamMetrics.of(record(Outcome.COMPLETE, oneRead, OptionalLong.of(9))).tpot())
        .isEmpty();
    assertThat(StreamMetrics.of(record(Outcome.TRUNCATED, spread, OptionalLong.of(9))).tpot())
        .isEmpty();
  }

  @Test
  void aStreamWithoutContentHasNoContentMetrics() {
    final StreamMetrics metrics =
        StreamMetrics.of(record(Outcome.TIMEOUT_FIRST_TOKEN, Content.NONE, NONE));

    assertThat(metrics.ttft()).isEmpty();
    assertThat(metrics.e2e()).isEmpty();
    assertThat(metrics.maxGap()).isEmpty();
    assertThat(metrics.ttfb()).hasValue(100);
  }
}
