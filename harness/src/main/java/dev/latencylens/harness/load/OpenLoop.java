package dev.latencylens.harness.load;

import dev.latencylens.harness.config.Load;

/**
 * Open loop: streams start when the schedule says so, whatever became of those before them. A late
 * start never moves a later arrival.
 *
 * <p>Where as many streams as the ceiling allows are in flight, arrivals wait in a queue, first in,
 * first out; their intended times stay what they were, and the account tells how many waited, for
 * how long, and how long the queue was.
 */
public final class OpenLoop {
  private OpenLoop() {}

  /**
   * Starts a load on a thread of its own; the window starts now.
   *
   * @param schedule when streams start
   * @param maxInFlight the ceiling, from 1 to {@link Load#MOST_IN_FLIGHT}
   * @param starter starts them
   * @return the load under way
   * @throws IllegalArgumentException if the ceiling is out of range
   */
  public static RunningLoad start(
      final ArrivalSchedule schedule, final int maxInFlight, final Starter starter) {
    return RunningLoad.launch(
        "latency-lens-open-loop", new StartTimes.Scheduled(schedule), maxInFlight, starter);
  }
}
