package dev.latencylens.harness.timeline;

import java.util.concurrent.ArrayBlockingQueue;

/** Keeps segments for reuse, so that a long run does not allocate them anew. Thread-safe. */
public final class SegmentPool {
  private final ArrayBlockingQueue<Segment> idle;

  /**
   * Makes an empty pool.
   *
   * @param capacity how many idle segments to keep at most; more are left to the collector
   */
  public SegmentPool(final int capacity) {
    idle = new ArrayBlockingQueue<>(capacity);
  }

  Segment take(final long bodyOffset) {
    final Segment kept = idle.poll();
    return (kept == null ? new Segment() : kept).startAt(bodyOffset);
  }

  void giveBack(final Segment segment) {
    // A full pool declines; the collector takes the segment then.
    idle.offer(segment);
  }
}
