package dev.latencylens.harness.load;

import java.util.concurrent.CompletionStage;

/** Starts the streams of a load. */
@FunctionalInterface
public interface Starter {
  /**
   * Starts one stream. Called on the load's own thread, one call at a time, in the order of the
   * arrivals. It must not block: what takes time here makes the starts after it late, though it
   * moves no intended time. Where the first steps of a stream may wait, as for a name to be
   * resolved, hand them to another thread.
   *
   * @param index the arrival's number, from 0
   * @param intendedNanos {@link System#nanoTime()} at which it should have started, in the past by
   *     as much as the start is late
   * @return completes, on any thread, when the stream has ended and its place is free. A stream
   *     that failed has ended like any other: to complete exceptionally, or to throw, ends the load
   */
  CompletionStage<?> start(int index, long intendedNanos);
}
