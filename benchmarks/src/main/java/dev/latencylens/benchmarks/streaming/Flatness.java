package dev.latencylens.benchmarks.streaming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides when an instrument is warm: when its error has stopped falling. The error is looked at in
 * windows of time; it is flat once the median of the latest three windows is no more than a tenth
 * below the median of the three before them. While the compiler still works, each few windows halve
 * it. Not thread-safe.
 */
final class Flatness {
  /** How many windows stand on each side of the comparison. */
  static final int WINDOWS = 3;

  private static final double STILL_FALLING = 0.9;

  private final List<Double> windows = new ArrayList<>();

  /**
   * Takes the next window.
   *
   * @param errorNanos the error in it, as one figure; negative ones count as 0
   */
  void add(final double errorNanos) {
    windows.add(Math.max(0, errorNanos));
  }

  /** Whether there are windows enough, and the error has stopped falling. */
  boolean isReached() {
    final int count = windows.size();
    return count >= 2 * WINDOWS
        && median(windows.subList(count - WINDOWS, count))
            >= STILL_FALLING * median(windows.subList(count - 2 * WINDOWS, count - WINDOWS));
  }

  private static double median(final List<Double> values) {
    final double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
