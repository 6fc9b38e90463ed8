package dev.latencylens.results.table;

import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleFunction;

/**
 * All of one metric of one cell in a bounded number of figures, however many streams there were:
 * for curves and distributions. Immutable.
 *
 * @param curve the metric at {@link #QUANTILES}, by the same rules as in the tables: where there
 *     are too few readings for a quantile, it has no value
 * @param bins how many readings lie in which class of {@link
 *     dev.latencylens.results.stats.LogBins}, in nanoseconds
 * @param readings how many readings there are
 * @param censored how many of them a deadline cut off, so that they are in no class
 */
public record Shape(
    List<Point> curve, SortedMap<Integer, Long> bins, long readings, long censored) {

  /** Of a decade of 1 / (1 − quantile), the HdrHistogram's axis: this many steps. */
  private static final int STEPS_PER_DECADE = 20;

  private static final int DECADES = 6;
  private static final double LOW_STEP = 0.05;

  /** The quantiles of a curve, rising: those of the tables among them. */
  public static final List<Double> QUANTILES = quantiles();

  /** Copies the collections. */
  public Shape {
    curve = List.copyOf(curve);
    bins = Collections.unmodifiableSortedMap(new TreeMap<>(bins));
  }

  /**
   * A point of a curve.
   *
   * @param quantile above 0 and below 1
   * @param statistic the metric there, in nanoseconds
   */
  public record Point(double quantile, Statistic statistic) {}

  static Shape of(
      DoubleFunction<Statistic> statistic,
      SortedMap<Integer, Long> bins,
      long readings,
      long censored) {
    List<Point> curve = QUANTILES.stream().map(q -> new Point(q, statistic.apply(q))).toList();
    return new Shape(curve, bins, readings, censored);
  }

  private static List<Double> quantiles() {
    SortedSet<Double> all = new TreeSet<>();
    Arrays.stream(Percentile.values()).forEach(percentile -> all.add(percentile.quantile()));
    // Below the median the axis hardly moves: there the steps are of the quantile itself.
    for (int i = 1; i * LOW_STEP < 1; i++) {
      all.add(rounded(i * LOW_STEP));
    }
    for (int i = 0; i <= DECADES * STEPS_PER_DECADE; i++) {
      double quantile = rounded(1 - StrictMath.pow(10, -(double) i / STEPS_PER_DECADE));
      if (quantile > Percentile.P50.quantile()) {
        all.add(quantile);
      }
    }
    return List.copyOf(all);
  }

  /** So that 0.9 is the same number however it was computed. */
  private static double rounded(double quantile) {
    return Math.rint(quantile * 1e9) / 1e9;
  }
}
