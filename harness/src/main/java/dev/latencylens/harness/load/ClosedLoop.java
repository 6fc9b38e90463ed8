package dev.latencylens.harness.load;

import dev.latencylens.harness.config.Extent;
import dev.latencylens.harness.config.Load;

/**
 * Closed loop: a number of users who each ask again once they have their answer. One thread starts
 * all of them, so that thousands of streams in flight need no thread each.
 *
 * <p>The intended time of a start is the start itself: a closed loop slows down with its server,
 * and so can't tell what users who don't would have waited. That is what {@link OpenLoop} is for.
 */
public final class ClosedLoop {
  private ClosedLoop() {}

  /**
   * Starts a load on a thread of its own.
   *
   * @param count how many streams to start in all, from 0
   * @param streams how many to keep in flight, from 1 to {@link Load#MOST_IN_FLIGHT}
   * @param starter starts them
   * @return the load under way
   * @throws IllegalArgumentException if a number is out of range
   */
  public static RunningLoad start(final int count, final int streams, final Starter starter) {
    if (count < 0 || count > Extent.MOST_STARTS) {
      throw new IllegalArgumentException(
          "a closed loop has from 0 to " + Extent.MOST_STARTS + " starts");
    }
    return RunningLoad.launch(
        "latency-lens-closed-loop", new StartTimes.AsPlacesFree(count), streams, starter);
  }
}
