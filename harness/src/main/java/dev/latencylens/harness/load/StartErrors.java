package dev.latencylens.harness.load;

import java.util.BitSet;

/**
 * How late each stream was started, without loss: one number for each. Immutable once the load has
 * released its last start.
 */
public final class StartErrors {
  private final long[] lateNanos;
  private final BitSet waited;
  private final int size;

  StartErrors(final long[] lateNanos, final BitSet waited, final int size) {
    this.lateNanos = lateNanos;
    this.waited = waited;
    this.size = size;
  }

  /**
   * How many streams were started.
   *
   * @return from 0
   */
  public int size() {
    return size;
  }

  /**
   * The start error of one stream: actual − intended start.
   *
   * @param index the arrival's number, below {@link #size()}
   * @return nanoseconds, never below 0
   */
  public long nanos(final int index) {
    return lateNanos[index];
  }

  /**
   * Whether it was due while the in-flight ceiling was reached: its error is a wait in the queue,
   * and not one of pacing.
   *
   * @param index the arrival's number, below {@link #size()}
   * @return true if it waited for a place
   */
  public boolean waitedForPlace(final int index) {
    return waited.get(index);
  }

  /** How many waited for a place. */
  int waited() {
    return waited.cardinality();
  }
}
