package dev.latencylens.results.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.HdrHistogram.AbstractHistogram;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * An interval that covers a true quantile in at least 95 of 100 cases whatever the distribution of
 * independent readings: between two order statistics, whose ranks come from the binomial
 * distribution of how many readings lie below the quantile (Hahn, Meeker: Statistical Intervals,
 * 1991, section 5.2).
 *
 * @param low the lower end; empty where there are too few readings for one
 * @param high the upper end; empty where there are too few readings for one, or it is censored
 */
public record QuantileInterval(OptionalDouble low, OptionalDouble high) {
  /** No interval: neither end is known. */
  public static final QuantileInterval NONE =
      new QuantileInterval(OptionalDouble.empty(), OptionalDouble.empty());

  private static final double TAIL = 0.025;

  /**
   * Computes it. Censored readings count as at least their limits.
   *
   * @param readings the readings
   * @param quantile above 0 and below 1
   * @return the interval
   */
  public static QuantileInterval of(Readings readings, double quantile) {
    return ofEach(readings, List.of(quantile)).get(0);
  }

  /**
   * Computes it for several quantiles, which takes little longer than for one. Censored readings
   * count as at least their limits.
   *
   * @param readings the readings
   * @param quantiles each above 0 and below 1
   * @return the intervals, in the order of the quantiles
   */
  public static List<QuantileInterval> ofEach(Readings readings, List<Double> quantiles) {
    int n = readings.count();
    if (n == 0) {
      return Collections.nCopies(quantiles.size(), NONE);
    }
    double[] least = readings.withLimits();
    Arrays.sort(least);
    double[] most = least;
    if (readings.censoredCount() > 0) {
      most = readings.withEachLimitAs(Double.MAX_VALUE);
      Arrays.sort(most);
    }
    List<QuantileInterval> intervals = new ArrayList<>();
    for (double quantile : quantiles) {
      BinomialDistribution below = BinomialDistribution.of(n, quantile);
      intervals.add(between(least, lowRank(below), most, highRank(below)));
    }
    return intervals;
  }

  private static QuantileInterval between(double[] least, int low, double[] most, int high) {
    return new QuantileInterval(
        low == 0 ? OptionalDouble.empty() : OptionalDouble.of(least[low - 1]),
        high > most.length || most[high - 1] == Double.MAX_VALUE
            ? OptionalDouble.empty()
            : OptionalDouble.of(most[high - 1]));
  }

  /**
   * Computes it for the readings of a histogram, to three significant digits.
   *
   * @param histogram the readings that are known; each of its counts is one
   * @param beyond how many more readings there are of which it is only known that a deadline cut
   *     them off, 0 or more; they count as larger than all others
   * @param quantile above 0 and below 1
   * @return the interval; both ends are empty for more readings than an {@code int} counts
   */
  public static QuantileInterval of(AbstractHistogram histogram, long beyond, double quantile) {
    long known = histogram.getTotalCount();
    long all = known + beyond;
    if (known == 0 || all > Integer.MAX_VALUE) {
      return NONE;
    }
    BinomialDistribution below = BinomialDistribution.of((int) all, quantile);
    return new QuantileInterval(
        atRank(histogram, lowRank(below)), atRank(histogram, highRank(below)));
  }

  private static OptionalDouble atRank(AbstractHistogram histogram, int rank) {
    long known = histogram.getTotalCount();
    // Half a count below the rank: the division can then not round up into the next one.
    return rank < 1 || rank > known
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) histogram.getValueAtPercentile(100 * (rank - 0.5) / known));
  }

  /** The rank of the lower end, from 1; 0 where there are too few readings for one. */
  private static int lowRank(BinomialDistribution below) {
    int low = below.inverseCumulativeProbability(TAIL);
    while (low > 0 && below.cumulativeProbability(low - 1) > TAIL) {
      low--;
    }
    while (below.cumulativeProbability(low) <= TAIL) {
      low++;
    }
    return low;
  }

  /** The rank of the upper end; more than there are readings where these are too few for one. */
  private static int highRank(BinomialDistribution below) {
    return below.inverseSurvivalProbability(TAIL) + 1;
  }
}
