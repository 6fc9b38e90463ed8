package dev.latencylens.harness.load;

/**
 * What became of a schedule's starts. Always {@code planned = started + notStarted}.
 *
 * @param planned how many starts the schedule has
 * @param offered how many of them were due by the time the load released its last start or was
 *     cancelled
 * @param started how many were started
 * @param longestQueue the most arrivals that waited for a place at the same time
 * @param startNanos the window's start, as of {@link System#nanoTime()}
 * @param measuredNanos what the rates are of: the window, or what of it had passed at the
 *     cancellation
 * @param errors how late each start was
 */
public record LoadAccount(
    int planned,
    int offered,
    int started,
    int longestQueue,
    long startNanos,
    long measuredNanos,
    StartErrors errors) {

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Checks that the numbers can be.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  public LoadAccount {
    if (started < 0 || started > offered || offered > planned || errors.size() != started) {
      throw new IllegalArgumentException(
          "the account does not balance: planned "
              + planned
              + ", offered "
              + offered
              + ", started "
              + started
              + ", errors kept "
              + errors.size());
    }
  }

  /**
   * How many were not started, as the load was cancelled or failed.
   *
   * @return from 0
   */
  public int notStarted() {
    return planned - started;
  }

  /**
   * How many were due while the in-flight ceiling was reached, and were started late for it.
   *
   * @return from 0
   */
  public int waited() {
    return errors.waited();
  }

  /**
   * Whether the load that was asked for was the load that was made: all was started, and nothing
   * had to wait for a place.
   *
   * @return true if so
   */
  public boolean met() {
    return notStarted() == 0 && waited() == 0;
  }

  /**
   * The rate that the schedule asked for.
   *
   * @return starts per second; 0 if no time passed
   */
  public double offeredPerSecond() {
    return perSecond(offered);
  }

  /**
   * The rate that was achieved: starts within the measured time.
   *
   * @param schedule the load's own
   * @return starts per second; 0 if no time passed
   */
  public double achievedPerSecond(final ArrivalSchedule schedule) {
    return perSecond(startedWithin(schedule));
  }

  /**
   * How many were started within the measured time.
   *
   * @param schedule the load's own
   * @return from 0
   */
  public int startedWithin(final ArrivalSchedule schedule) {
    int within = 0;
    for (int i = 0; i < started; i++) {
      if (schedule.offsetNanos(i) + errors.nanos(i) <= measuredNanos) {
        within++;
      }
    }
    return within;
  }

  private double perSecond(final int count) {
    return measuredNanos <= 0 ? 0 : count * NANOS_PER_SECOND / measuredNanos;
  }
}
