package dev.latencylens.harness.config;

/**
 * A length in tokens, drawn anew for each request: every whole number of the range is as likely.
 *
 * @param min the least, from 1
 * @param max the most, not below {@code min}
 */
public record TokenRange(int min, int max) {
  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the range is empty or begins below 1
   */
  public TokenRange {
    if (min < 1 || max < min) {
      throw new IllegalArgumentException("a range of tokens begins at 1, and min is not above max");
    }
  }
}
