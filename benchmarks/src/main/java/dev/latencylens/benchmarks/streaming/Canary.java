package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One stream after another from the simulator, read by the client that measures, while it measures:
 * what it stamps late there, it stamps late everywhere. Its events are few beside the load's.
 */
final class Canary implements AutoCloseable {
  private static final int TOKENS = 64;
  private static final long PATIENCE_SECONDS = 10;

  private final Thread thread;
  private final CountDownLatch firstStreamEnded = new CountDownLatch(1);
  private volatile boolean over;

  private Canary(
      final StreamingHarness harness, final Endpoint simulator, final RateLimiter unlimited) {
    thread = new Thread(() -> sing(harness, simulator, unlimited), "latency-lens-canary");
    thread.setDaemon(true);
  }

  static Canary start(
      final StreamingHarness harness, final Endpoint simulator, final RateLimiter unlimited) {
    final Canary canary = new Canary(harness, simulator, unlimited);
    canary.thread.start();
    return canary;
  }

  private void sing(
      final StreamingHarness harness, final Endpoint simulator, final RateLimiter unlimited) {
    for (int number = 1; !over; number++) {
      final StreamRequest request =
          StreamRequest.of("canary-" + number, SimulatedModels.CANARY, "Sing.", TOKENS);
      final var record = harness.stream(simulator, unlimited, request, System.nanoTime()).join();
      StreamRecording.current().ifPresent(recording -> recording.addCanary(record));
      firstStreamEnded.countDown();
      if (record.content().events() == 0) {
        // The simulator is gone: asking it again and again would only load the machine.
        return;
      }
    }
  }

  /**
   * Sings no more. A measurement shorter than one canary stream would have no instrument error, so
   * the stream that began with it is waited for.
   */
  @Override
  public void close() {
    over = true;
    try {
      final boolean unused = firstStreamEnded.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
