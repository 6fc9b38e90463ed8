package dev.latencylens.harness.timeline;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps segments for reuse, so that a long run does not allocate them anew. Thread-safe. */
public final class SegmentPool {
  private final ArrayBlockingQueue<Segment> idle;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * Makes an empty pool.
   *
   * @param capacity how many idle segments to keep at most; more are left to the collector
   */
  public SegmentPool(final int capacity) {
    idle = new ArrayBlockingQueue<>(capacity);
  }

  Segment take(final long bodyOffset) {
    taken.incrementAndGet();
    final Segment kept = idle.poll();
    return (kept == null ? new Segment() : kept).startAt(bodyOffset);
  }

  /**
   * How many segments hold bytes of a body at the moment.
   *
   * @return those taken and not given back
   */
  public int taken() {
    return taken.get();
  }

  void giveBack(final Segment segment) {
    taken.decrementAndGet();
    // A full pool declines; the collector takes the segment then.
    idle.offer(segment);
  }
}
