package dev.latencylens.benchmarks.proof;

import java.util.Arrays;

/** How many of some moments fall into a window of time, wherever it is laid. Immutable. */
final class WindowCount {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] nanos;

  /**
   * Takes the moments.
   *
   * @param nanos {@link System#nanoTime()} values in any order
   */
  WindowCount(final long... nanos) {
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
  }

  /**
   * The most that any window holds; both of its ends belong to it.
   *
   * @param seconds the window's length, 0 or more
   * @return 0 if there are no moments at all
   */
  int most(final double seconds) {
    final long length = Math.round(seconds * NANOS_PER_SECOND);
    int most = 0;
    int first = 0;
    for (int last = 0; last < nanos.length; last++) {
      while (nanos[last] - nanos[first] > length) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** From the first moment to the last, in seconds; 0 if there are less than two. */
  double spanSeconds() {
    return nanos.length < 2 ? 0 : (nanos[nanos.length - 1] - nanos[0]) / NANOS_PER_SECOND;
  }

  int size() {
    return nanos.length;
  }
}
