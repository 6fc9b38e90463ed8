package dev.latencylens.harness.config;

/**
 * When a target has failed so often that no more is asked of it in this run.
 *
 * @param share of the streams that ended in an error, above which the target ends; from 0 to 1,
 *     where 1 never ends it
 * @param streams how many streams must have ended before the share counts, from 1
 */
public record ErrorStop(double share, int streams) {

  /** The most streams that can be waited for. */
  public static final int MOST_STREAMS = 1_000_000;

  /** What holds where the configuration says nothing: more than half of at least 50. */
  public static final ErrorStop DEFAULT = new ErrorStop(0.5, 50);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public ErrorStop {
    // The negation catches NaN.
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("an error share is from 0 to 1");
    }
    if (streams < 1 || streams > MOST_STREAMS) {
      throw new IllegalArgumentException("streams must be from 1 to " + MOST_STREAMS);
    }
  }

  /**
   * Whether a target is to end.
   *
   * @param ended how many of its streams have ended
   * @param errors how many of them were not complete
   * @return true if no more is to be asked of it
   */
  public boolean isReached(final long ended, final long errors) {
    return ended >= streams && errors > share * ended;
  }
}
