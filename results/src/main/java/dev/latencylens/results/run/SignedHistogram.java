package dev.latencylens.results.run;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * A histogram of values of either sign: what an instrument error needs, as a stamp can be early.
 * HdrHistogram holds no negative values, so there are two of them, and quantiles are answered over
 * both. Grows without bound; not safe for use by several threads.
 */
public final class SignedHistogram {
  private final Histogram positive;
  private final Histogram negative;

  /** Creates an empty histogram of three significant digits. */
  public SignedHistogram() {
    this(new Histogram(HistogramLog.DIGITS), new Histogram(HistogramLog.DIGITS));
  }

  SignedHistogram(Histogram positive, Histogram negative) {
    this.positive = positive;
    this.negative = negative;
  }

  /**
   * Counts a value in.
   *
   * @param value nanoseconds, of either sign, except {@link Long#MIN_VALUE}
   */
  public void recordValue(long value) {
    if (value >= 0) {
      positive.recordValue(value);
    } else {
      negative.recordValue(-value);
    }
  }

  /**
   * Counts in all that another histogram holds.
   *
   * @param other the other; unchanged
   */
  public void add(SignedHistogram other) {
    positive.add(other.positive);
    negative.add(other.negative);
  }

  /**
   * How many values there are.
   *
   * @return 0 or more
   */
  public long totalCount() {
    return positive.getTotalCount() + negative.getTotalCount();
  }

  /**
   * How many values are below zero.
   *
   * @return 0 or more
   */
  public long negativeCount() {
    return negative.getTotalCount();
  }

  /**
   * The smallest recorded value that at least the given share of all values does not exceed, by
   * HdrHistogram's own definition, to three significant digits.
   *
   * @param quantile from 0 to 1
   * @return nanoseconds; 0 for an empty histogram
   */
  public long valueAtQuantile(double quantile) {
    long rank = Math.max(1, (long) Math.ceil(quantile * totalCount() - 1e-9));
    long below = negative.getTotalCount();
    if (rank <= below) {
      // The lowest is the largest magnitude, so ranks count from the other end.
      return -atRank(negative, below - rank + 1);
    }
    return atRank(positive, rank - below);
  }

  /**
   * The largest value.
   *
   * @return nanoseconds; 0 for an empty histogram
   */
  public long max() {
    if (positive.getTotalCount() > 0) {
      return positive.getMaxValue();
    }
    return negative.getTotalCount() == 0 ? 0 : -negative.getMinNonZeroValue();
  }

  /**
   * The values from zero up.
   *
   * @return the live histogram, not a copy
   */
  public Histogram positive() {
    return positive;
  }

  /**
   * The magnitudes of the values below zero.
   *
   * @return the live histogram, not a copy
   */
  public Histogram negative() {
    return negative;
  }

  private static long atRank(AbstractHistogram histogram, long rank) {
    // Half a count below the rank: the division can then not round up into the next one.
    double percentile = 100.0 * (rank - 0.5) / Math.max(1, histogram.getTotalCount());
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile);
  }
}
