package dev.latencylens.harness.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What a stream has to meet to be a good one: {@code goodput} counts those that complete within all
 * bounds that are stated.
 *
 * @param ttft the longest time to first token, from the intended start: what a user waited
 * @param tpot the longest time per output token
 * @param share of the streams that must be good for a rate to be sustained, above 0 and up to 1
 */
public record Objectives(Optional<Duration> ttft, Optional<Duration> tpot, double share) {

  /** The share where none is stated. */
  public static final double DEFAULT_SHARE = 0.99;

  /** None stated. */
  public static final Objectives NONE =
      new Objectives(Optional.empty(), Optional.empty(), DEFAULT_SHARE);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the share is out of range
   */
  public Objectives {
    // The negation catches NaN.
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is above 0 and at most 1");
    }
  }

  /**
   * Whether there is anything to meet.
   *
   * @return false where no bound is stated
   */
  public boolean stated() {
    return ttft.isPresent() || tpot.isPresent();
  }
}
