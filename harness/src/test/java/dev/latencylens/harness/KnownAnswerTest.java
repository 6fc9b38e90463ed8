package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.timeline.StreamMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the client measures agrees with what the simulator knows that it sent. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class KnownAnswerTest {
  private static final long MILLISECOND = 1_000_000;

  /** Room for a machine that does something else for a while. */
  private static final long NOISE = 500 * MILLISECOND;

  private static final int TOKENS = 30;

  /**
   * Between starts, as users come one by one: 100 first tokens due at the same moment would measure
   * how long one core takes to send them.
   */
  private static final long APART_MILLIS = 3;

  @ParameterizedTest
  @CsvSource({
    "openai, 1, OFF",
    "anthropic, 1, EXCLUSIVE",
    "google, 1, MULTIPLEXED",
    "openai, 100, OFF",
    "anthropic, 100, EXCLUSIVE",
    "google, 100, OFF"
  })
  void ttftAndGapAgreeWithTheLedger(final String provider, final int concurrency, final Http2 http2)
      throws Exception {
    final SimulatorOptions options =
        SimulatorOptions.defaults()
            .withOtherModels(ModelProfile.defaults().with("ttft-ms=200,gap-ms=20,tokens=" + TOKENS))
            .withModel("warm-up", ModelProfile.defaults().with("ttft-ms=5,gap-ms=2,tokens=64"));
    try (SimulatedService service =
        new SimulatedService(provider, options, SimulatedService.PATIENT, http2, 64L << 20)) {
      for (int i = 0; i < 8; i++) {
        streams(service, "warm-up", Math.max(20, concurrency));
      }
      final List<StreamRecord> records = new ArrayList<>();
      for (int i = 0; i < Math.max(3, 12 / concurrency); i++) {
        records.addAll(streams(service, "measured", concurrency));
      }

      final List<Long> ttftErrors = new ArrayList<>();
      final List<Long> gapErrors = new ArrayList<>();
      for (final StreamRecord record : records) {
        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
        compare(service, record, ttftErrors, gapErrors);
      }
      assertThat(quantile(ttftErrors, 0.5)).as("ttft at p50").isLessThan(MILLISECOND);
      assertThat(quantile(gapErrors, 0.5)).as("gap at p50").isLessThan(MILLISECOND);
      assertThat(quantile(ttftErrors, 0.99)).as("ttft at p99").isLessThan(NOISE);
      assertThat(quantile(gapErrors, 0.99)).as("gap at p99").isLessThan(NOISE);
    }
  }

  private static List<StreamRecord> streams(
      final SimulatedService service, final String model, final int count) {
    final List<CompletableFuture<StreamRecord>> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(
          CompletableFuture.runAsync(
                  () -> {},
                  CompletableFuture.delayedExecutor(i * APART_MILLIS, TimeUnit.MILLISECONDS))
              .thenCompose(due -> service.start(model)));
    }
    return started.stream().map(CompletableFuture::join).toList();
  }

  private static void compare(
      final SimulatedService service,
      final StreamRecord record,
      final List<Long> ttftErrors,
      final List<Long> gapErrors) {
    final long[] sent =
        service
            .simulator()
            .ledger(record.attributes().getOrDefault(StreamAttribute.RESPONSE_ID, "none"))
            .orElseThrow()
            .events()
            .stream()
            .filter(LedgerEvent::content)
            .mapToLong(LedgerEvent::sentNanos)
            .toArray();
    final long[] stamps = record.content().eventStamps();
    assertThat(stamps).hasSameSizeAs(sent);
    assertThat(record.usage().outputTokens()).hasValue(TOKENS);
    final StreamMetrics metrics = StreamMetrics.of(record);
    final long trueTtft = sent[0] - record.actualStart().orElseThrow();
    ttftErrors.add(Math.abs(metrics.ttft().orElseThrow() - trueTtft));
    for (int i = 1; i < stamps.length; i++) {
      gapErrors.add(Math.abs((stamps[i] - stamps[i - 1]) - (sent[i] - sent[i - 1])));
    }
    // The parts add up: nothing between the intended start and the first token is lost.
    final ConnectionPhases connection = record.connection();
    assertThat(
            metrics.queue()
                + connection.setupNanos()
                + metrics.lease().orElseThrow()
                + metrics.ttft().orElseThrow())
        .isEqualTo(metrics.responseTtft().orElseThrow());
  }

  private static long quantile(final List<Long> values, final double q) {
    final long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  }
}
