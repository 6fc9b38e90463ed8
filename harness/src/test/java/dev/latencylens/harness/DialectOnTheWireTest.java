package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.LedgerEntry;
import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.fixtures.simulator.wire.EventKind;
import dev.latencylens.harness.config.BundledDialects;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.timeline.StreamMetrics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each entry of the table of dialects, against the simulated service with its quirks. */
final class DialectOnTheWireTest {
  private static final ModelProfile REASONS =
      ModelProfile.defaults().with("ttft-ms=20,gap-ms=20,tokens=4,reasoning-tokens=3");

  static Stream<ChatDialect> dialects() {
    return new BundledDialects().dialects().stream();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void reasoningIsFirstAndTheAnswerLaterAndUsageIsFoundInItsPlace(final ChatDialect dialect)
      throws Exception {
    try (SimulatedService service =
        new SimulatedService(
            dialect.id(),
            SimulatorOptions.defaults().withOtherModels(REASONS),
            SimulatedService.PATIENT,
            Http2.EXCLUSIVE,
            1 << 20)) {
      final StreamRecord record = service.start("reasons").get();

      assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
      final LedgerEntry truth =
          service
              .simulator()
              .ledger(record.attributes().getOrDefault(StreamAttribute.RESPONSE_ID, "none"))
              .orElseThrow();
      assertThat(record.usage().outputTokens()).hasValue(truth.outputTokens());
      assertThat(record.usage().inputTokens()).hasValue(truth.promptTokens());
      assertThat(truth.events().stream().anyMatch(event -> event.kind() == EventKind.PING))
          .isEqualTo(dialect.keepAlives());
      final List<EventKind> content =
          truth.events().stream().filter(LedgerEvent::content).map(LedgerEvent::kind).toList();
      final long[] stamps = record.content().eventStamps();
      assertThat(stamps).hasSize(content.size());
      // Which event is which, not how long it took: a cold client may read two at once.
      final int firstText = content.indexOf(EventKind.TEXT);
      assertThat(firstText > 0).isEqualTo(!dialect.reasoning().isEmpty());
      final long start = record.actualStart().orElseThrow();
      final StreamMetrics metrics = StreamMetrics.of(record);
      assertThat(metrics.ttft()).hasValue(stamps[0] - start);
      assertThat(metrics.ttfat()).hasValue(stamps[firstText] - start);
    }
  }
}
