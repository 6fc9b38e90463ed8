package dev.latencylens.results.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How many readings lie in each of a few fixed classes, which are the same for all cells and runs,
 * so that counts can be added up. Immutable.
 *
 * @param bounds the classes' upper bounds, rising; a reading that equals one lies below it
 * @param counts how many readings each class has, and last how many exceed all bounds or are only
 *     known to exceed a deadline; one more than there are bounds
 * @param sum the sum of all readings; of those that a deadline cut off, the deadlines
 */
public record Buckets(List<Double> bounds, List<Long> counts, double sum) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is not one count more than there are bounds
   */
  public Buckets {
    bounds = List.copyOf(bounds);
    counts = List.copyOf(counts);
    if (counts.size() != bounds.size() + 1) {
      throw new IllegalArgumentException("there is one count more than there are bounds");
    }
  }

  /**
   * Sorts readings into classes.
   *
   * @param readings the readings, in the unit of the bounds
   * @param bounds upper bounds, rising
   * @return the counts
   */
  public static Buckets of(Readings readings, List<Double> bounds) {
    List<Long> counts = empty(bounds);
    double sum = 0;
    double[] all = readings.withLimits();
    int known = readings.count() - readings.censoredCount();
    for (int i = 0; i < all.length; i++) {
      // A deadline says what a reading exceeds, and so not which class it is in.
      add(counts, i < known ? place(bounds, all[i]) : bounds.size(), 1);
      sum += all[i];
    }
    return new Buckets(bounds, counts, sum);
  }

  /**
   * Sorts what a histogram holds into classes, to its three significant digits.
   *
   * @param histogram the histogram, in the unit of the bounds; each of its counts is one reading
   * @param bounds upper bounds, rising
   * @return the counts
   */
  public static Buckets of(AbstractHistogram histogram, List<Double> bounds) {
    List<Long> counts = empty(bounds);
    double sum = 0;
    for (HistogramIterationValue each : histogram.recordedValues()) {
      // The least of the values that the histogram can't tell apart: a bound is itself in reach.
      double value = histogram.lowestEquivalentValue(each.getValueIteratedTo());
      long count = each.getCountAtValueIteratedTo();
      add(counts, place(bounds, value), count);
      sum += (double) histogram.medianEquivalentValue(each.getValueIteratedTo()) * count;
    }
    return new Buckets(bounds, counts, sum);
  }

  private static List<Long> empty(List<Double> bounds) {
    return new ArrayList<>(Collections.nCopies(bounds.size() + 1, 0L));
  }

  private static int place(List<Double> bounds, double value) {
    int found = Collections.binarySearch(bounds, value);
    return found >= 0 ? found : -found - 1;
  }

  private static void add(List<Long> counts, int place, long count) {
    counts.set(place, counts.get(place) + count);
  }
}
