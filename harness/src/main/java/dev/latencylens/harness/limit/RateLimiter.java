package dev.latencylens.harness.limit;

import dev.latencylens.harness.config.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * Holds requests back until they may be released. Releases happen in the order of the calls, and no
 * thread ever waits. Thread-safe.
 */
@FunctionalInterface
public interface RateLimiter {

  /**
   * Asks for one release. A future that is cancelled before its release costs nothing.
   *
   * @return completes with the clock's reading at the release: at once on the calling thread where
   *     the limit allows, else on the timer's thread, where dependents must not block;
   *     exceptionally only if the timer was shut down
   */
  CompletableFuture<Long> acquire();

  /**
   * A limiter for one target.
   *
   * @param limits the rate and burst, or no limit
   * @param clock nanoseconds, such as {@link System#nanoTime()}
   * @param timer runs the releases that had to wait; not closed by the limiter
   * @return the limiter
   */
  static RateLimiter of(
      final Limits limits, final LongSupplier clock, final ScheduledExecutorService timer) {
    return limits.requestsPerSecond().isPresent()
        ? new TokenBucketLimiter(
            limits.requestsPerSecond().getAsDouble(), limits.burst(), clock, timer)
        : unlimited(clock);
  }

  /**
   * A limiter that releases at once.
   *
   * @param clock nanoseconds
   * @return the limiter
   */
  static RateLimiter unlimited(final LongSupplier clock) {
    return () -> CompletableFuture.completedFuture(clock.getAsLong());
  }
}
