package dev.latencylens.harness.config;

import java.util.OptionalLong;

/**
 * The most that a run may ask for and spend, whatever its plan says; what is empty is not bounded.
 * A request is counted with the most that it can cost before it is sent, and with what it did cost
 * once that is known.
 *
 * @param requests how many requests may be sent, from 0
 * @param tokens input and output together, from 0
 * @param picoUsd money in units of 10⁻¹² US dollars, from 0
 */
public record Budget(OptionalLong requests, OptionalLong tokens, OptionalLong picoUsd) {

  /** The decimals of a US dollar in picodollars. */
  public static final int PICO_DIGITS = 12;

  /** One US dollar. */
  public static final long PICO_PER_USD = 1_000_000_000_000L;

  /** The largest budget of money, in US dollars. */
  public static final double MOST_USD = 1_000_000;

  /** No bound. */
  public static final Budget NONE =
      new Budget(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a bound is below 0
   */
  public Budget {
    require("requests", requests);
    require("tokens", tokens);
    require("money", picoUsd);
  }

  private static void require(final String what, final OptionalLong bound) {
    if (bound.isPresent() && bound.getAsLong() < 0) {
      throw new IllegalArgumentException("a budget of " + what + " is at least 0");
    }
  }

  /**
   * What is left of it.
   *
   * @param usedRequests requests that were sent
   * @param usedTokens tokens that were used
   * @param usedPicoUsd what was spent
   * @return the same bounds less that; 0 where one is used up
   */
  public Budget less(final long usedRequests, final long usedTokens, final long usedPicoUsd) {
    return new Budget(
        left(requests, usedRequests), left(tokens, usedTokens), left(picoUsd, usedPicoUsd));
  }

  private static OptionalLong left(final OptionalLong bound, final long used) {
    return bound.isPresent() ? OptionalLong.of(Math.max(0, bound.getAsLong() - used)) : bound;
  }
}
