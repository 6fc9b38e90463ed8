package dev.latencylens.results.stats;

import dev.latencylens.results.run.SignedHistogram;
import org.HdrHistogram.AbstractHistogram;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Quantiles with their licence to be printed. Of raw readings the estimate is HF8, the
 * approximately median-unbiased one that Hyndman and Fan recommend ("Sample Quantiles in
 * Statistical Packages", The American Statistician 50, 1996, definition 8); of histograms it is
 * HdrHistogram's, to three significant digits.
 */
public final class Quantiles {
  private static final Quantile HF8 =
      Quantile.withDefaults().with(Quantile.EstimationMethod.HF8).withCopy(false);

  private Quantiles() {}

  /**
   * A quantile of raw readings. A censored reading may truly be anything from its limit up, so the
   * quantile is computed with all of them at their limits and with all of them beyond every value:
   * where the two agree it is known, else the former is its lower bound.
   *
   * @param readings the readings; their order may be changed
   * @param quantile above 0 and below 1
   * @param whyNone what to say where there is no reading
   * @return a value, a lower bound, or why there is neither
   */
  public static Statistic of(Readings readings, double quantile, String whyNone) {
    long needed = needed(quantile);
    if (readings.count() == 0) {
      return new Statistic.Absent(whyNone);
    }
    return readings.count() < needed
        ? new Statistic.TooFew(readings.count(), needed)
        : estimate(readings, quantile);
  }

  /**
   * The median of however many readings there are: for what describes the streams, such as token
   * counts, and is not judged.
   *
   * @param readings the readings; their order may be changed
   * @param whyNone what to say where there is no reading
   * @return a value, a lower bound, or why there is neither
   */
  public static Statistic median(Readings readings, String whyNone) {
    return readings.count() == 0 ? new Statistic.Absent(whyNone) : estimate(readings, 0.5);
  }

  /**
   * A quantile of one block among several. However few readings there are, for the blocks are
   * judged together and their spread tells how far the quantile can be trusted.
   *
   * @param readings the readings; their order may be changed
   * @param quantile from 0 to 1
   * @param whyNone what to say where there is no reading
   * @return a value, a lower bound, or why there is neither
   */
  public static Statistic ofBlock(Readings readings, double quantile, String whyNone) {
    return readings.count() == 0 ? new Statistic.Absent(whyNone) : estimate(readings, quantile);
  }

  private static Statistic estimate(Readings readings, double quantile) {
    if (readings.censoredCount() == 0) {
      return new Statistic.Value(
          HF8.evaluateRange(readings.values(), 0, readings.count(), quantile));
    }
    double least = HF8.evaluate(readings.withLimits(), quantile);
    double most = HF8.evaluate(readings.withEachLimitAs(Double.MAX_VALUE), quantile);
    return least == most ? new Statistic.Value(least) : new Statistic.Censored(least);
  }

  /**
   * A quantile of a histogram.
   *
   * @param histogram the histogram; each of its counts is one reading
   * @param quantile above 0 and below 1
   * @param whyNone what to say where it is empty
   * @return a value, or why there is none
   */
  public static Statistic of(AbstractHistogram histogram, double quantile, String whyNone) {
    long n = histogram.getTotalCount();
    return ofHistogram(n, quantile, whyNone, histogram.getValueAtPercentile(100 * quantile));
  }

  /**
   * A quantile of a histogram of either sign.
   *
   * @param histogram the histogram; each of its counts is one reading
   * @param quantile above 0 and below 1
   * @param whyNone what to say where it is empty
   * @return a value, or why there is none
   */
  public static Statistic of(SignedHistogram histogram, double quantile, String whyNone) {
    return ofHistogram(
        histogram.totalCount(), quantile, whyNone, histogram.valueAtQuantile(quantile));
  }

  /** A low quantile needs as many readings below it as its mirror image needs above. */
  private static long needed(double quantile) {
    return SampleSize.needed(Math.max(quantile, 1 - quantile));
  }

  /**
   * A quantile of a histogram, however few readings it has: for a caller who counts more of them
   * elsewhere.
   *
   * @param histogram the histogram, with one reading at least
   * @param quantile from 0 to 1
   * @return a value
   */
  public static Statistic ofAny(AbstractHistogram histogram, double quantile) {
    return new Statistic.Value((double) histogram.getValueAtPercentile(100 * quantile));
  }

  private static Statistic ofHistogram(long n, double quantile, String whyNone, long value) {
    long needed = needed(quantile);
    if (n == 0) {
      return new Statistic.Absent(whyNone);
    }
    return n < needed ? new Statistic.TooFew(n, needed) : new Statistic.Value((double) value);
  }
}
