package dev.latencylens.harness.config;

/**
 * What one round of one cell asks for.
 *
 * @param streams how many streams, from 1 to {@link #MOST_STREAMS}
 * @param concurrency how many of them in flight at a time, from 1 to {@link #MOST_CONCURRENT} and
 *     not above {@code streams}
 */
public record Load(int streams, int concurrency) {

  /** The most streams in a round. */
  public static final int MOST_STREAMS = 1_000_000;

  /** The most streams in flight. */
  public static final int MOST_CONCURRENT = 2_000;

  /** What holds where the configuration says nothing: 100 streams, 10 in flight. */
  public static final Load DEFAULT = new Load(100, 10);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Load {
    if (streams < 1 || streams > MOST_STREAMS) {
      throw new IllegalArgumentException("streams must be from 1 to " + MOST_STREAMS);
    }
    if (concurrency < 1 || concurrency > MOST_CONCURRENT) {
      throw new IllegalArgumentException("concurrency must be from 1 to " + MOST_CONCURRENT);
    }
    if (concurrency > streams) {
      throw new IllegalArgumentException("concurrency must not be above streams");
    }
  }
}
