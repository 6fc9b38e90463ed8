package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.load.ClosedLoop;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.transport.TransportSettings;
import dev.latencylens.harness.workload.RequestSequence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Warms the client up against the simulator, with prompts that nobody measures. Thread-safe. */
public final class WarmUp {
  /**
   * Bounds the warm-up, in milliseconds; for tests, whose runs are many and whose figures nobody
   * reads.
   */
  public static final String LONGEST = "latencylens.warmup.longest";

  /** However restless the machine: a run is to be measured, too. */
  private static final long LONGEST_MILLIS = 8_000;

  /**
   * An open loop waits for no handshake, and one that the JIT compiler has not seen takes many
   * times as long: on two cores 200 a second never caught up.
   */
  private static final long HANDSHAKES_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

  private static final int HANDSHAKES_AT_A_TIME = 4;
  private static final int MOST_STREAMS = 100_000;
  private static final int MOST_USERS = 100;
  private static final int TOKENS = 64;

  private final RoundClient client;
  private final RequestSequence requests;
  private final RateLimiter unlimited = RateLimiter.unlimited(System::nanoTime);
  private final AtomicLong warmed = new AtomicLong();
  private final LedgerClient ledger;
  private volatile @Nullable WarmUpProbe probe;

  WarmUp(final RoundClient client, final RequestSequence requests, final LedgerClient ledger) {
    this.client = client;
    this.requests = requests;
    this.ledger = ledger;
  }

  /**
   * Begins: for an open loop opens connections for a second, each for one short stream; then
   * watches the error of the streams.
   *
   * @throws IOException if the simulator's authority can't be read
   */
  void begin(final boolean openLoop) throws IOException {
    if (openLoop) {
      openConnections();
    }
    probe =
        WarmUpProbe.start(
            ledger, TimeUnit.MILLISECONDS.toNanos(Long.getLong(LONGEST, LONGEST_MILLIS)));
  }

  private void openConnections() throws IOException {
    final TransportSettings settings = client.settings();
    final TransportSettings cold =
        new TransportSettings(
            settings.deadlines(),
            settings.http2(),
            settings.connections().withReuse(false),
            settings.maxStreamBytes(),
            settings.maxEventBytes(),
            false);
    try (StreamingHarness opening = StreamingHarness.open(cold, List.of(client.simulator()))) {
      final long end = System.nanoTime() + HANDSHAKES_NANOS;
      runUntil(() -> System.nanoTime() - end > 0, HANDSHAKES_AT_A_TIME, opening, 1);
    }
  }

  /** Whether the error of the streams has stopped falling, or patience is over. */
  boolean isOver() {
    final WarmUpProbe watching = probe;
    return watching != null && watching.isOver();
  }

  /** How it went, figures by name; none before it began. */
  Map<String, Double> figures() {
    final WarmUpProbe watching = probe;
    return watching == null ? Map.of() : watching.figures();
  }

  /** One stream of a user that asks again and again. */
  CompletableFuture<StreamRecord> stream() {
    return stream(client.harness(), TOKENS);
  }

  /**
   * Keeps as many streams in flight as a load will, within bounds, until it is over.
   *
   * @return how many streams there were
   */
  long streams(final int users) {
    return runUntil(this::isOver, Math.min(MOST_USERS, users), client.harness(), TOKENS);
  }

  private long runUntil(
      final BooleanSupplier end,
      final int users,
      final StreamingHarness through,
      final int tokens) {
    return ClosedLoop.start(
            MOST_STREAMS,
            users,
            arrival ->
                end.getAsBoolean()
                    ? CompletableFuture.completedFuture(true)
                    : stream(through, tokens))
        .ended()
        .join()
        .started();
  }

  private CompletableFuture<StreamRecord> stream(final StreamingHarness through, final int tokens) {
    final WarmUpProbe watching = probe;
    return through.stream(
            client.simulator(),
            unlimited,
            requests.warmUp("w" + warmed.incrementAndGet(), SimulatedModels.WARM_UP, tokens),
            System.nanoTime())
        .whenComplete(
            (record, failure) -> {
              if (watching != null && record != null) {
                watching.ended(record);
              }
            });
  }
}
