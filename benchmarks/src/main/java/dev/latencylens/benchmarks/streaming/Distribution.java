package dev.latencylens.benchmarks.streaming;

import dev.latencylens.results.run.HistogramLog;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.util.SampleBuffer;

/**
 * The values of one metric, as HdrHistogram keeps them and as JMH does: each from the raw values,
 * so that neither carries the other's rounding.
 *
 * @param metric which metric
 * @param histogram its values for the histogram log
 * @param samples its values for JMH's result; empty for a metric that it does not show
 */
public record Distribution(StreamMetric metric, Histogram histogram, SampleBuffer samples) {
  /**
   * Nothing recorded yet.
   *
   * @param metric which metric
   * @return an empty distribution
   */
  public static Distribution of(final StreamMetric metric) {
    return new Distribution(metric, HistogramLog.newHistogram(), new SampleBuffer());
  }

  /**
   * Adds a value to the histogram alone.
   *
   * @param nanos the value; stamps of different threads may disagree by a tick, and neither store
   *     takes a negative one
   */
  public void addToHistogram(final long nanos) {
    histogram.recordValue(Math.max(0, nanos));
  }

  void add(final long nanos) {
    addToHistogram(nanos);
    if (metric.shownByJmh()) {
      samples.add(Math.max(0, nanos));
    }
  }
}
