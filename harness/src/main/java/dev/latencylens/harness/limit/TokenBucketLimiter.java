package dev.latencylens.harness.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * A token bucket whose waiters stand in a queue with one timer for its head.
 *
 * <p>A token is taken at the release and not reserved before it: reserved releases whose timers run
 * late would come out in a bunch, and more of them than the bucket allows.
 */
final class TokenBucketLimiter implements RateLimiter {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier clock;
  private final ScheduledExecutorService timer;
  private final Bucket bucket;
  private final Queue<CompletableFuture<Long>> waiting = new ConcurrentLinkedQueue<>();

  /** How often the queue must be looked at; whoever raises it from 0 does, until it is 0 again. */
  private final AtomicInteger looks = new AtomicInteger();

  private volatile boolean armed;

  /** The reading that the bucket and the waiter get, so that both speak of the same instant. */
  private long nowNanos;

  TokenBucketLimiter(
      final double requestsPerSecond,
      final int burst,
      final LongSupplier clock,
      final ScheduledExecutorService timer) {
    this.clock = clock;
    this.timer = timer;
    nowNanos = clock.getAsLong();
    // Rounded up, so that rounding never lets more through than the limit.
    final Duration perToken =
        Duration.ofNanos((long) Math.ceil(NANOS_PER_SECOND / requestsPerSecond));
    bucket =
        Bucket.builder()
            .addLimit(Bandwidth.builder().capacity(burst).refillGreedy(1, perToken).build())
            .withCustomTimePrecision(new ReleaseTime())
            .withSynchronizationStrategy(SynchronizationStrategy.NONE)
            .build();
  }

  @Override
  public CompletableFuture<Long> acquire() {
    final CompletableFuture<Long> release = new CompletableFuture<>();
    waiting.add(release);
    look();
    return release;
  }

  /**
   * Never more than one thread at a time, and none waits for it: what it missed it looks at again.
   */
  private void look() {
    if (looks.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      releaseWhatMay();
      seen = looks.addAndGet(-seen);
    } while (seen != 0);
  }

  private void releaseWhatMay() {
    while (true) {
      final CompletableFuture<Long> head = waiting.peek();
      if (head == null) {
        return;
      }
      if (!head.isDone()) {
        nowNanos = clock.getAsLong();
        final ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
          arm(probe.getNanosToWaitForRefill());
          return;
        }
      }
      waiting.remove();
      head.complete(nowNanos);
    }
  }

  private void arm(final long delayNanos) {
    if (armed) {
      return;
    }
    armed = true;
    try {
      final Future<?> ignored = timer.schedule(this::ring, delayNanos, TimeUnit.NANOSECONDS);
    } catch (final RejectedExecutionException closed) {
      armed = false;
      CompletableFuture<Long> next;
      while ((next = waiting.poll()) != null) {
        next.completeExceptionally(closed);
      }
    }
  }

  private void ring() {
    armed = false;
    look();
  }

  private final class ReleaseTime implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nowNanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
