package dev.latencylens.harness.limit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
   * @param tokens what the request will cost at most, input and output together, as far as can be
   *     known before; below 1 counts as 1. See {@link TokenEstimate}
   * @return completes with the release, which must be ended: at once on the calling thread where
   *     the limits allow, else on the timer's thread or that of a stream that ended, where
   *     dependents must not block; exceptionally only if the timer was shut down
   */
  CompletableFuture<Release> acquire(long tokens);

  /**
   * Releases nothing more for a while, as the service asked for. A pause can be made longer, and
   * not shorter.
   *
   * @param pause from now on
   */
  default void pause(final Duration pause) {}

  /**
   * A limiter that releases at once.
   *
   * @param clock nanoseconds
   * @return the limiter
   */
  static RateLimiter unlimited(final LongSupplier clock) {
    return tokens -> CompletableFuture.completedFuture(Release.free(clock.getAsLong()));
  }
}
