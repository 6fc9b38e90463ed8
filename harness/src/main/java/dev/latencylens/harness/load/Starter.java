package dev.latencylens.harness.load;

import java.util.concurrent.CompletionStage;

/** Starts the streams of a load. */
@FunctionalInterface
public interface Starter {
  /**
   * What is to be started.
   *
   * @param index the arrival's number, from 0
   * @param intendedNanos {@link System#nanoTime()} at which it should have started, in the past by
   *     as much as the start is late
   * @param waitedForPlace whether it was due while the in-flight ceiling was reached, so that it is
   *     late for that
   */
  record Arrival(int index, long intendedNanos, boolean waitedForPlace) {}

  /**
   * Starts one stream. Called on the load's own thread, one call at a time, in the order of the
   * arrivals. It must not block: what takes time here makes the starts after it late, though it
   * moves no intended time. Where the first steps of a stream may wait, as for a name to be
   * resolved, hand them to another thread.
   *
   * @param arrival which
   * @return completes, on any thread, when the stream has ended and its place is free. A stream
   *     that failed has ended like any other: to complete exceptionally, or to throw, ends the load
   */
  CompletionStage<?> start(Arrival arrival);
}
