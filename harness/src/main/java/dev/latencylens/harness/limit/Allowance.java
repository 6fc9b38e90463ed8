package dev.latencylens.harness.limit;

import dev.latencylens.harness.config.Limits;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a {@link Gate} lets through; what is empty is not limited.
 *
 * <p>Limits of a minute are spread over it, as services enforce them in slices, too: a gate lets
 * through at once only what a tenth of a second yields. No 60 seconds see more requests than
 * allowed. Tokens are paid when a request is released, even where it costs more than has come in,
 * and the next one waits until the debt is paid: so any 60 seconds see at most what is allowed, and
 * what a tenth of a second yields, and the last request.
 *
 * @param requestsPerSecond from {@link Limits#SLOWEST} to {@link Limits#FASTEST}
 * @param burst how many requests may be released at once after a pause, from 1 to {@link
 *     Limits#LARGEST_BURST}; of the limit of a second only
 * @param requestsPerMinute from 1 to {@link #MOST_REQUESTS_PER_MINUTE}
 * @param tokensPerMinute input and output together, from 1 to {@link #MOST_TOKENS_PER_MINUTE}
 * @param streamsInFlight streams released and not ended, from 1
 */
public record Allowance(
    OptionalDouble requestsPerSecond,
    int burst,
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    OptionalInt streamsInFlight) {

  /** The highest limit of requests in a minute. */
  public static final long MOST_REQUESTS_PER_MINUTE = 60_000_000;

  /** The highest limit of tokens in a minute. */
  public static final long MOST_TOKENS_PER_MINUTE = 1_000_000_000_000L;

  /** No limit: of use where a service may still ask for a pause. */
  public static final Allowance UNLIMITED = of(Limits.NONE);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Allowance {
    final Limits checked = new Limits(requestsPerSecond, burst);
    burst = checked.burst();
    requestsPerMinute.ifPresent(
        most -> require("requests_per_minute", most, MOST_REQUESTS_PER_MINUTE));
    tokensPerMinute.ifPresent(most -> require("tokens_per_minute", most, MOST_TOKENS_PER_MINUTE));
    streamsInFlight.ifPresent(most -> require("streams_in_flight", most, Integer.MAX_VALUE));
  }

  /**
   * The allowance of a rate only.
   *
   * @param limits the rate and burst, or no limit
   * @return the allowance
   */
  public static Allowance of(final Limits limits) {
    return new Allowance(
        limits.requestsPerSecond(),
        limits.burst(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalInt.empty());
  }

  private static void require(final String name, final long value, final long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be from 1 to " + most);
    }
  }
}
