package dev.latencylens.results.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Holds what reading an input allocates below a bound that follows from its size: a length that is
 * only claimed, or a few bytes that stand for many, break it long before the heap is full.
 *
 * @param bytes what any input may cost
 * @param forEachByte what each byte of it may cost besides
 */
record Allocation(long bytes, long forEachByte) {
  /** Classes are loaded once, and that costs more than any input. */
  private static final int TRIES = 4;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Reads an input; again if it cost too much, and fails if it does each time. */
  <E extends Exception> void hold(final int inputBytes, final Reading<E> reading) throws E {
    final long most = bytes + forEachByte * inputBytes;
    long spent = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && spent > most; i++) {
      final long before = THREADS.getCurrentThreadAllocatedBytes();
      reading.run();
      spent = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    if (spent > most) {
      throw new AssertionError(
          "reading " + inputBytes + " bytes allocated " + spent + ", more than " + most);
    }
  }

  /**
   * Reads an input.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  interface Reading<E extends Exception> {
    void run() throws E;
  }
}
