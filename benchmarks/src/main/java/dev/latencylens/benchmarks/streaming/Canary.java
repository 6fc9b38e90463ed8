package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.config.Extent;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.load.ClosedLoop;
import dev.latencylens.harness.load.RunningLoad;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Streams from the simulator, one after the other in each of a few places, read by the client that
 * measures, while it measures: what it stamps late there, it stamps late everywhere. Their events
 * are few beside the load's.
 */
final class Canary implements AutoCloseable {
  private static final int MOST_STREAMS = Extent.MOST_STARTS;
  private static final int TOKENS = 64;
  private static final long PATIENCE_SECONDS = 10;

  private final StreamingHarness harness;
  private final Endpoint simulator;
  private final RateLimiter unlimited;
  private final CountDownLatch firstStreamEnded = new CountDownLatch(1);
  private final RunningLoad singing;
  private volatile boolean over;

  private Canary(
      final StreamingHarness harness,
      final Endpoint simulator,
      final RateLimiter unlimited,
      final int streams) {
    this.harness = harness;
    this.simulator = simulator;
    this.unlimited = unlimited;
    singing = ClosedLoop.start(MOST_STREAMS, streams, arrival -> sing(arrival.index()));
  }

  /**
   * Begins to sing.
   *
   * @param streams how many at a time, from 1; each has 50 events a second
   */
  static Canary start(
      final StreamingHarness harness,
      final Endpoint simulator,
      final RateLimiter unlimited,
      final int streams) {
    return new Canary(harness, simulator, unlimited, streams);
  }

  private CompletableFuture<Boolean> sing(final long number) {
    if (over) {
      return CompletableFuture.completedFuture(false);
    }
    final StreamRequest request =
        StreamRequest.of("canary-" + (number + 1), SimulatedModels.CANARY, "Sing.", TOKENS);
    return harness.stream(simulator, unlimited, request, System.nanoTime())
        .thenApply(
            record -> {
              heard(record);
              return true;
            });
  }

  private void heard(final StreamRecord record) {
    StreamRecording.current().ifPresent(recording -> recording.addCanary(record));
    firstStreamEnded.countDown();
    if (record.content().events() == 0) {
      // The simulator is gone: asking it again and again would only load the machine.
      over = true;
      singing.cancel();
    }
  }

  /**
   * Sings no more. A measurement shorter than one canary stream would have no instrument error, so
   * the stream that began with it is waited for.
   */
  @Override
  public void close() {
    try {
      final boolean unused = firstStreamEnded.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    over = true;
    singing.cancel();
  }
}
