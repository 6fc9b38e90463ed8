package dev.latencylens.results.stats;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The median of a few values, and an interval that covers the true one in at least 95 of 100 cases
 * whatever the distribution: between two order statistics, whose ranks come from the binomial
 * distribution of how many values lie below the median (Hahn, Meeker: Statistical Intervals, 1991,
 * section 5.2).
 *
 * @param median the median; NaN where there is no value
 * @param low the lower end; empty where there are too few values for an interval: below 6
 * @param high the upper end
 */
public record MedianInterval(double median, OptionalDouble low, OptionalDouble high) {
  private static final double TAIL = 0.025;

  /**
   * Computes it.
   *
   * @param values in any order
   * @return the median and its interval
   */
  public static MedianInterval of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = Median.withDefaults().evaluate(sorted.clone());
    int below = 0;
    BinomialDistribution ranks = BinomialDistribution.of(sorted.length, 0.5);
    while (ranks.cumulativeProbability(below) <= TAIL) {
      below++;
    }
    return below == 0
        ? new MedianInterval(median, OptionalDouble.empty(), OptionalDouble.empty())
        : new MedianInterval(
            median,
            OptionalDouble.of(sorted[below - 1]),
            OptionalDouble.of(sorted[sorted.length - below]));
  }
}
