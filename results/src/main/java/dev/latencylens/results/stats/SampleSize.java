package dev.latencylens.results.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * How many readings a percentile needs. A percentile is printed when, with 99% confidence, at least
 * two of the readings lie beyond it; with fewer it is the anecdote of a single slow stream. With n
 * readings the number beyond quantile q is binomial with n trials of chance 1 − q.
 */
public final class SampleSize {
  private static final double CONFIDENCE = 0.99;
  private static final int MOST = 100_000_000;
  private static final Map<Double, Long> CACHE = new ConcurrentHashMap<>();

  private SampleSize() {}

  /**
   * The smallest number of readings for which two lie beyond the quantile with 99% confidence: 11
   * for the median, 64 for p90, 130 for p95, 662 for p99, 6636 for p99.9.
   *
   * @param quantile from 0.5 up to, but not including, 1
   * @return the number of readings
   * @throws IllegalArgumentException if the quantile is out of its range
   */
  public static long needed(double quantile) {
    if (!(quantile >= 0.5 && quantile < 1)) {
      throw new IllegalArgumentException("a quantile from 0.5 up to 1 is expected: " + quantile);
    }
    return CACHE.computeIfAbsent(quantile, SampleSize::search);
  }

  private static long search(double quantile) {
    int low = 1;
    int high = MOST;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (suffices(middle, quantile)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static boolean suffices(int n, double quantile) {
    return BinomialDistribution.of(n, 1 - quantile).survivalProbability(1) >= CONFIDENCE;
  }
}
