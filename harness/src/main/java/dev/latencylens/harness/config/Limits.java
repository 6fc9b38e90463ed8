package dev.latencylens.harness.config;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How fast requests may be released, and how many at a time; what is empty is not limited.
 *
 * <p>Limits of a minute are spread over it, as services enforce them in slices, too: only what a
 * tenth of a second yields is let through at once. No 60 seconds see more requests than allowed.
 * Tokens are paid when a request is released, even where it costs more than has come in, and the
 * next one waits until the debt is paid: so any 60 seconds see at most what is allowed, and what a
 * tenth of a second yields, and the last request.
 *
 * @param requestsPerSecond the rate, from {@link #SLOWEST} to {@link #FASTEST}
 * @param burst how many requests may be released at once after a pause, from 1 to {@link
 *     #LARGEST_BURST}; of the limit of a second only, and without effect where there is none
 * @param requestsPerMinute from 1 to {@link #MOST_REQUESTS_PER_MINUTE}
 * @param tokensPerMinute input and output together, from 1 to {@link #MOST_TOKENS_PER_MINUTE}
 * @param streamsInFlight streams released and not ended, from 1
 */
public record Limits(
    OptionalDouble requestsPerSecond,
    int burst,
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    OptionalInt streamsInFlight) {

  /** The lowest rate: one request in 1,000 seconds. */
  public static final double SLOWEST = 0.001;

  /** The highest rate in requests per second. */
  public static final double FASTEST = 1_000_000;

  /** The largest burst. */
  public static final int LARGEST_BURST = 1_000_000;

  /** The highest limit of requests in a minute. */
  public static final long MOST_REQUESTS_PER_MINUTE = 60_000_000;

  /** The highest limit of tokens in a minute. */
  public static final long MOST_TOKENS_PER_MINUTE = 1_000_000_000_000L;

  /** No limit: of use where a service may still ask for a pause. */
  public static final Limits NONE = new Limits(OptionalDouble.empty(), 1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Limits {
    requestsPerSecond.ifPresent(
        rate -> {
          // The negation catches NaN.
          if (!(rate >= SLOWEST && rate <= FASTEST)) {
            throw new IllegalArgumentException(
                "requests_per_second must be from " + SLOWEST + " to " + FASTEST);
          }
        });
    if (burst < 1 || burst > LARGEST_BURST) {
      throw new IllegalArgumentException("burst must be from 1 to " + LARGEST_BURST);
    }
    requestsPerMinute.ifPresent(
        most -> require("requests_per_minute", most, MOST_REQUESTS_PER_MINUTE));
    tokensPerMinute.ifPresent(most -> require("tokens_per_minute", most, MOST_TOKENS_PER_MINUTE));
    streamsInFlight.ifPresent(most -> require("streams_in_flight", most, Integer.MAX_VALUE));
  }

  /**
   * A limit of a second only.
   *
   * @param requestsPerSecond the rate
   * @param burst how many requests may be released at once after a pause
   */
  public Limits(final OptionalDouble requestsPerSecond, final int burst) {
    this(requestsPerSecond, burst, OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty());
  }

  private static void require(final String name, final long value, final long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be from 1 to " + most);
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
