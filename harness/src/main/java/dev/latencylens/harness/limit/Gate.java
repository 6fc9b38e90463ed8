package dev.latencylens.harness.limit;

import dev.latencylens.harness.config.Limits;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
  private final List<Meter> meters = new ArrayList<>();
  private final AtomicLong pausedUntil;
  private int inFlight;
  private HeldBy refusal;

  /** A bucket, and what it counts: requests, or their tokens. */
  private record Meter(
      HeldBy.Limit limit, Bucket bucket, long capacity, double refillPerNano, boolean ofTokens) {
    long cost(final long tokens) {
      return ofTokens ? tokens : 1;
    }
  }

  Gate(final String name, final Limits limits, final TimeMeter time) {
    this.name = name;
    this.time = time;
    refusal = new HeldBy(name, HeldBy.Limit.PAUSE);
    pausedUntil = new AtomicLong(time.currentTimeNanos());
    mostInFlight = limits.streamsInFlight().orElse(Integer.MAX_VALUE);
    limits
        .requestsPerSecond()
        .ifPresent(
            rate ->
                add(
                    HeldBy.Limit.REQUESTS_PER_SECOND,
                    limits.burst(),
                    1,
                    // Rounded up, so that rounding never lets more through than the limit.
                    Duration.ofNanos((long) Math.ceil(NANOS_PER_SECOND / rate)),
                    false));
    limits
        .requestsPerMinute()
        .ifPresent(
            most -> {
              // What may come at once comes out of the rate, so that both together keep the limit.
              final long burst = slice(most);
              add(
                  HeldBy.Limit.REQUESTS_PER_MINUTE,
                  burst,
                  most - (burst - 1),
                  Duration.ofMinutes(1),
                  false);
            });
    limits
        .tokensPerMinute()
        .ifPresent(
            most ->
                add(
                    HeldBy.Limit.TOKENS_PER_MINUTE,
                    slice(most),
                    most,
                    Duration.ofMinutes(1),
                    true));
  }

  private static long slice(final long perMinute) {
    return (perMinute + SLICES_OF_A_MINUTE - 1) / SLICES_OF_A_MINUTE;
  }

  private void add(
      final HeldBy.Limit limit,
      final long capacity,
      final long refill,
      final Duration period,
      final boolean ofTokens) {
    final Bucket bucket =
        Bucket.builder()
            .addLimit(Bandwidth.builder().capacity(capacity).refillGreedy(refill, period).build())
            .withCustomTimePrecision(time)
            .withSynchronizationStrategy(SynchronizationStrategy.NONE)
            .build();
    meters.add(new Meter(limit, bucket, capacity, refill / (double) period.toNanos(), ofTokens));
  }

  /**
   * Goes on where another process left off. Called before the first request.
   *
   * @param left what it left
   * @param epochNanos the wall clock now
   */
  void resume(final GateLevel left, final long epochNanos) {
    // A clock that was set back must not make limits wait longer than they can.
    final long elapsed = Math.max(0, epochNanos - left.epochNanos());
    for (final Meter meter : meters) {
      final Long available = left.available().get(meter.limit());
      if (available != null) {
        final double level = available + Math.floor(elapsed * meter.refillPerNano());
        final long missing = meter.capacity() - (long) Math.min((double) meter.capacity(), level);
        if (missing > 0) {
          meter.bucket().consumeIgnoringRateLimits(missing);
        }
      }
    }
    if (left.pausedNanos() > elapsed) {
      pauseUntil(time.currentTimeNanos() + left.pausedNanos() - elapsed);
    }
  }

  /** What the next process is to go on with. */
  GateLevel level(final long epochNanos) {
    final Map<HeldBy.Limit, Long> available = new EnumMap<>(HeldBy.Limit.class);
    meters.forEach(meter -> available.put(meter.limit(), meter.bucket().getAvailableTokens()));
    return new GateLevel(
        epochNanos, available, Math.max(0, pausedUntil.get() - time.currentTimeNanos()));
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
    for (final Meter meter : meters) {
      wait =
          refused(
              meter.limit(),
              wait,
              meter
                  .bucket()
                  .estimateAbilityToConsume(Math.min(meter.cost(cost), meter.capacity()))
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
    meters.forEach(meter -> meter.bucket().consumeIgnoringRateLimits(meter.cost(cost)));
    inFlight++;
  }

  /** A request that was let through was given up before it knew. */
  void takeBack(final long cost) {
    meters.stream()
        .filter(meter -> !meter.ofTokens())
        .forEach(meter -> meter.bucket().addTokens(1));
    end(cost, 0);
  }

  /** A stream ended, and cost what it did. */
  void end(final long paid, final long used) {
    inFlight--;
    for (final Meter meter : meters) {
      if (meter.ofTokens() && used > paid) {
        meter.bucket().consumeIgnoringRateLimits(used - paid);
      } else if (meter.ofTokens() && used < paid) {
        meter.bucket().addTokens(paid - used);
      }
    }
  }
}
