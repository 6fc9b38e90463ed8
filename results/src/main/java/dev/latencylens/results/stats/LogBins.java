package dev.latencylens.results.stats;

import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How readings lie on a logarithmic scale: counts in classes that are each 0.46% wide, {@value
 * #PER_DECADE} for every power of ten. Fine enough to be put together into the classes of a plot,
 * few enough to be kept for a million readings. Class 0 begins at 1, and holds what is less, too.
 */
public final class LogBins {
  /** How many classes there are from a value to ten times of it. */
  public static final int PER_DECADE = 500;

  private LogBins() {}

  /**
   * Sorts readings into classes.
   *
   * @param readings the readings; those that a deadline cut off are in no class
   * @return counts by class, without empty ones
   */
  public static SortedMap<Integer, Long> of(Readings readings) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    double[] values = readings.values();
    for (int i = 0; i < readings.count() - readings.censoredCount(); i++) {
      counts.merge(bin(values[i]), 1L, Long::sum);
    }
    return counts;
  }

  /**
   * Sorts what a histogram holds into classes.
   *
   * @param histogram the histogram; each of its counts is one reading
   * @return counts by class, without empty ones
   */
  public static SortedMap<Integer, Long> of(AbstractHistogram histogram) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (HistogramIterationValue each : histogram.recordedValues()) {
      double value = histogram.medianEquivalentValue(each.getValueIteratedTo());
      counts.merge(bin(value), each.getCountAtValueIteratedTo(), Long::sum);
    }
    return counts;
  }

  /**
   * Where a class begins, and the one before it ends.
   *
   * @param bin the class
   * @return the least value in it
   */
  public static double lowerEdge(int bin) {
    return StrictMath.pow(10, (double) bin / PER_DECADE);
  }

  /** Strict, as a platform's own logarithm could move a reading into another class. */
  private static int bin(double value) {
    return value <= 1 ? 0 : (int) Math.floor(PER_DECADE * StrictMath.log10(value));
  }
}
