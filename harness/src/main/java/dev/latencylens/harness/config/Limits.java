package dev.latencylens.harness.config;

import java.util.OptionalDouble;

/**
 * How fast requests may be released to one target: a token bucket.
 *
 * @param requestsPerSecond the rate, from {@link #SLOWEST} to {@link #FASTEST}; none for no limit
 * @param burst how many requests may be released at once after a pause, from 1; without effect
 *     where there is no limit
 */
public record Limits(OptionalDouble requestsPerSecond, int burst) {

  /** The lowest rate: one request in 1,000 seconds. */
  public static final double SLOWEST = 0.001;

  /** The highest rate in requests per second. */
  public static final double FASTEST = 1_000_000;

  /** The largest burst. */
  public static final int LARGEST_BURST = 1_000_000;

  /** No limit. */
  public static final Limits NONE = new Limits(OptionalDouble.empty(), 1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Limits {
    requestsPerSecond.ifPresent(
        rate -> {
          if (!(rate >= SLOWEST && rate <= FASTEST)) {
            throw new IllegalArgumentException(
                "requests_per_second must be from " + SLOWEST + " to " + FASTEST);
          }
        });
    if (burst < 1 || burst > LARGEST_BURST) {
      throw new IllegalArgumentException("burst must be from 1 to " + LARGEST_BURST);
    }
  }

  /**
   * A limit with the default burst.
   *
   * @param requestsPerSecond the rate
   * @return the limit
   */
  public static Limits perSecond(final double requestsPerSecond) {
    return new Limits(OptionalDouble.of(requestsPerSecond), defaultBurst(requestsPerSecond));
  }

  /**
   * The burst where none is given: what the rate yields in a tenth of a second, at least 1. With a
   * burst of 1 each release that comes late is lost for good, as the next may not follow sooner; at
   * high rates that would cost more than 1% of the throughput.
   *
   * @param requestsPerSecond the rate
   * @return the burst
   */
  public static int defaultBurst(final double requestsPerSecond) {
    return (int) Math.max(1, Math.ceil(requestsPerSecond / 10));
  }
}
