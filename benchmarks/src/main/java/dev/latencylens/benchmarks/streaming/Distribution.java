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
  static Distribution of(final StreamMetric metric) {
    return new Distribution(metric, HistogramLog.newHistogram(), new SampleBuffer());
  }

  void add(final long nanos) {
    // Stamps of different threads may disagree by a tick; neither store takes a negative value.
    final long value = Math.max(0, nanos);
    histogram.recordValue(value);
    if (metric.shownByJmh()) {
      samples.add(value);
    }
  }
}
