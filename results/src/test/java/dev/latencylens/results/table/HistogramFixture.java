package dev.latencylens.results.table;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.SignedHistogram;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Histograms in which one reading in ten is late. */
final class HistogramFixture {
  private HistogramFixture() {}

  static HistogramLog of(double gapMillis, double errorMillis) {
    Histogram gaps = HistogramLog.newHistogram();
    SignedHistogram errors = new SignedHistogram();
    for (int i = 0; i < 1_000; i++) {
      gaps.recordValue(Math.round(gapMillis * 1e6));
      errors.recordValue(i % 10 == 0 ? Math.round(errorMillis * 1e6) : -20);
    }
    return HistogramLog.of(
        SampleRun.STARTED, SampleRun.STARTED, Map.of(HistogramLog.GAP, gaps), errors);
  }
}
