package dev.latencylens.harness.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limits of a provider, a target or a whole run: what all limiters that pass it share. Made by
 * {@link Admission#gate}. Only {@link #pauseUntil} and {@link #name} are for everybody; the rest is
 * called by the admission, one call at a time.
 */
public final class Gate {
  /** Not a time to wait: a stream has to end first. */
  static final long UNTIL_A_STREAM_ENDS = Long.MAX_VALUE;

  private static final double NANOS_PER_SECOND = 1e9;

  /** A minute's limit lets through at once what a tenth of a second yields. */
  private static final long SLICES_OF_A_MINUTE = 600;

  private final String name;
  private final int mostInFlight;
  private final TimeMeter time;
  private final List<RequestBucket> requests = new ArrayList<>();
  private final List<TokenBucket> tokens = new ArrayList<>();
  private final AtomicLong pausedUntil;
  private int inFlight;
  private HeldBy refusal;

  private record RequestBucket(HeldBy.Limit limit, Bucket bucket) {}

  private record TokenBucket(Bucket bucket, long capacity) {}

  Gate(final String name, final Allowance allowance, final TimeMeter time) {
    this.name = name;
    this.time = time;
    refusal = new HeldBy(name, HeldBy.Limit.PAUSE);
    pausedUntil = new AtomicLong(time.currentTimeNanos());
    mostInFlight = allowance.streamsInFlight().orElse(Integer.MAX_VALUE);
    allowance
        .requestsPerSecond()
        .ifPresent(
            rate ->
                requests.add(
                    new RequestBucket(
                        HeldBy.Limit.REQUESTS_PER_SECOND,
                        // Rounded up, so that rounding never lets more through than the limit.
                        bucket(
                            allowance.burst(),
                            1,
                            Duration.ofNanos((long) Math.ceil(NANOS_PER_SECOND / rate))))));
    allowance
        .requestsPerMinute()
        .ifPresent(
            most -> {
              // What may come at once comes out of the rate, so that both together keep the limit.
              final long burst = slice(most);
              requests.add(
                  new RequestBucket(
                      HeldBy.Limit.REQUESTS_PER_MINUTE,
                      bucket(burst, most - (burst - 1), Duration.ofMinutes(1))));
            });
    allowance
        .tokensPerMinute()
        .ifPresent(
            most ->
                tokens.add(
                    new TokenBucket(
                        bucket(slice(most), most, Duration.ofMinutes(1)), slice(most))));
  }

  private static long slice(final long perMinute) {
    return (perMinute + SLICES_OF_A_MINUTE - 1) / SLICES_OF_A_MINUTE;
  }

  private Bucket bucket(final long capacity, final long refill, final Duration period) {
    return Bucket.builder()
        .addLimit(Bandwidth.builder().capacity(capacity).refillGreedy(refill, period).build())
        .withCustomTimePrecision(time)
        .withSynchronizationStrategy(SynchronizationStrategy.NONE)
        .build();
  }

  /**
   * What tables call it.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Releases nothing more before a time, as the service asked for. A pause can be made longer, and
   * not shorter. Thread-safe.
   *
   * @param nanos of the admission's clock
   */
  public void pauseUntil(final long nanos) {
    pausedUntil.accumulateAndGet(nanos, (now, asked) -> asked - now > 0 ? asked : now);
  }

  /** How long a request has to wait; 0 if it may pass now. */
  long waitNanos(final long cost) {
    long wait = 0;
    final long paused = pausedUntil.get() - time.currentTimeNanos();
    if (paused > 0) {
      wait = refused(HeldBy.Limit.PAUSE, wait, paused);
    }
    for (final RequestBucket request : requests) {
      wait =
          refused(
              request.limit(),
              wait,
              request.bucket().estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }
    for (final TokenBucket token : tokens) {
      wait =
          refused(
              HeldBy.Limit.TOKENS_PER_MINUTE,
              wait,
              token
                  .bucket()
                  .estimateAbilityToConsume(Math.min(cost, token.capacity()))
                  .getNanosToWaitForRefill());
    }
    if (inFlight >= mostInFlight) {
      wait = refused(HeldBy.Limit.STREAMS_IN_FLIGHT, wait, UNTIL_A_STREAM_ENDS);
    }
    return wait;
  }

  private long refused(final HeldBy.Limit limit, final long longest, final long wait) {
    if (wait > longest) {
      refusal = new HeldBy(name, limit);
    }
    return Math.max(longest, wait);
  }

  /** Which limit gave the longest wait when last asked. */
  HeldBy refusal() {
    return refusal;
  }

  /** A request passes, which it may. */
  void pass(final long cost) {
    requests.forEach(request -> request.bucket().consumeIgnoringRateLimits(1));
    tokens.forEach(token -> token.bucket().consumeIgnoringRateLimits(cost));
    inFlight++;
  }

  /** A request that was let through was given up before it knew. */
  void takeBack(final long cost) {
    requests.forEach(request -> request.bucket().addTokens(1));
    end(cost, 0);
  }

  /** A stream ended, and cost what it did. */
  void end(final long paid, final long used) {
    inFlight--;
    if (used > paid) {
      tokens.forEach(token -> token.bucket().consumeIgnoringRateLimits(used - paid));
    } else if (used < paid) {
      tokens.forEach(token -> token.bucket().addTokens(paid - used));
    }
  }
}
