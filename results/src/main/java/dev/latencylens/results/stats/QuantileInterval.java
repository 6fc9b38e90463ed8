package dev.latencylens.results.stats;

import java.util.Arrays;
import java.util.OptionalDouble;
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
  private static final double TAIL = 0.025;

  /**
   * Computes it. Censored readings count as at least their limits.
   *
   * @param readings the readings
   * @param quantile above 0 and below 1
   * @return the interval
   */
  public static QuantileInterval of(Readings readings, double quantile) {
    int n = readings.count();
    if (n == 0) {
      return new QuantileInterval(OptionalDouble.empty(), OptionalDouble.empty());
    }
    double[] least = readings.withLimits();
    double[] most = readings.withEachLimitAs(Double.MAX_VALUE);
    Arrays.sort(least);
    Arrays.sort(most);
    BinomialDistribution below = BinomialDistribution.of(n, quantile);
    int low = below.inverseCumulativeProbability(TAIL);
    while (low > 0 && below.cumulativeProbability(low - 1) > TAIL) {
      low--;
    }
    while (below.cumulativeProbability(low) <= TAIL) {
      low++;
    }
    int high = below.inverseSurvivalProbability(TAIL) + 1;
    return new QuantileInterval(
        low == 0 ? OptionalDouble.empty() : OptionalDouble.of(least[low - 1]),
        high > n || most[high - 1] == Double.MAX_VALUE
            ? OptionalDouble.empty()
            : OptionalDouble.of(most[high - 1]));
  }
}
