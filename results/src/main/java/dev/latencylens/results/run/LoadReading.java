package dev.latencylens.results.run;

/**
 * Whether a round's open loop made the load that was asked for.
 *
 * @param offered how many starts were due
 * @param started how many were made, late ones too
 * @param within how many of them within the window
 * @param waited how many were due while the ceiling of streams in flight was reached
 * @param longestQueue the most that waited for a place at the same time
 * @param windowSeconds what the rates are of
 */
public record LoadReading(
    long offered, long started, long within, long waited, long longestQueue, double windowSeconds) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is below 0 or the window is no number
   */
  public LoadReading {
    if (offered < 0 || started < 0 || within < 0 || waited < 0 || longestQueue < 0) {
      throw new IllegalArgumentException("a load is counted from 0");
    }
    // The negation catches NaN.
    if (!(windowSeconds >= 0) || Double.isInfinite(windowSeconds)) {
      throw new IllegalArgumentException("a load's window is a time");
    }
  }

  /**
   * Both loads one after the other.
   *
   * @param other of another round
   * @return sums; the longer of the queues
   */
  public LoadReading plus(LoadReading other) {
    return new LoadReading(
        offered + other.offered,
        started + other.started,
        within + other.within,
        waited + other.waited,
        Math.max(longestQueue, other.longestQueue),
        windowSeconds + other.windowSeconds);
  }

  /**
   * Whether the load was as asked for: all was started, and nothing waited for a place.
   *
   * @return true if so
   */
  public boolean met() {
    return started == offered && waited == 0;
  }

  /**
   * The rate that was asked for.
   *
   * @return starts per second; 0 for an empty window
   */
  public double offeredPerSecond() {
    return perSecond(offered);
  }

  /**
   * The rate at which streams were started, late ones included.
   *
   * @return starts per second; 0 for an empty window
   */
  public double startedPerSecond() {
    return perSecond(started);
  }

  /**
   * The rate of starts within the window.
   *
   * @return starts per second; 0 for an empty window
   */
  public double achievedPerSecond() {
    return perSecond(within);
  }

  private double perSecond(long count) {
    return windowSeconds > 0 ? count / windowSeconds : 0;
  }
}
