package dev.latencylens.harness.config;

/**
 * What a run does not go beyond, and what it does about failures.
 *
 * @param budget the most that it may ask for and spend
 * @param errorStop when a target has failed too often to go on
 * @param retries how often a stream that failed before its answer began is asked for again, from 0
 *     to {@link #MOST_RETRIES}
 */
public record Safeguards(Budget budget, ErrorStop errorStop, int retries) {

  /** The most retries of one stream. */
  public static final int MOST_RETRIES = 10;

  /** What holds where the configuration says nothing: no budget, no retries. */
  public static final Safeguards DEFAULT = new Safeguards(Budget.NONE, ErrorStop.DEFAULT, 0);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if there are too many retries
   */
  public Safeguards {
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException("retries must be from 0 to " + MOST_RETRIES);
    }
  }
}
