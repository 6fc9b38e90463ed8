package dev.latencylens.results.history;

import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.stats.QuantileInterval;
import dev.latencylens.results.stats.Quantiles;
import dev.latencylens.results.stats.SampleSize;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Metric;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * The published histograms of one cell, all rounds together, and what can be said by them beyond
 * the table. They hold each stream's reading, those of streams that failed later too; the table's
 * figures of whole streams are those of complete ones alone. Not safe for use by several threads.
 */
final class CellHistograms {
  private final ReleaseRow row;
  private final Map<String, Histogram> byMetric = new TreeMap<>();
  private final SignedHistogram instrumentError = new SignedHistogram();

  private CellHistograms(ReleaseRow row) {
    this.row = row;
  }

  /** Reads them; there may be none. */
  static CellHistograms read(Release release, ReleaseRow row) throws IOException {
    CellHistograms histograms = new CellHistograms(row);
    for (PlannedRound round : release.manifest().rounds()) {
      if (round.cell().equals(row.cell().id())) {
        Optional<HistogramLog> log = release.run().readHistograms(round.cell(), round.round());
        if (log.isPresent()) {
          histograms.add(log.get());
        }
      }
    }
    return histograms;
  }

  private void add(HistogramLog log) {
    log.histograms()
        .forEach(
            (metric, histogram) ->
                byMetric
                    .computeIfAbsent(metric, name -> HistogramLog.newHistogram())
                    .add(histogram));
    instrumentError.add(log.instrumentError());
  }

  /** The instrument's error at a quantile, in nanoseconds, by however few events. */
  double instrumentErrorNanos(double quantile) {
    return instrumentError.valueAtQuantile(quantile);
  }

  /** How many readings there are of a metric, those that a deadline cut off included. */
  long count(Metric metric) {
    return histogram(metric)
        .map(histogram -> histogram.getTotalCount() + beyond(metric, histogram))
        .orElse(0L);
  }

  /**
   * A quantile of the times to the first token that the tables have no column for, in nanoseconds.
   */
  Statistic firstTokenQuantile(double quantile) {
    Optional<Histogram> histogram = histogram(Metric.TTFT);
    if (histogram.isEmpty()) {
      return new Statistic.Absent("no histogram");
    }
    long known = histogram.get().getTotalCount();
    long all = known + beyond(Metric.TTFT, histogram.get());
    if (all < SampleSize.needed(quantile)) {
      return new Statistic.TooFew(all, SampleSize.needed(quantile));
    }
    double among = quantile * all / known;
    return among > 1
        ? new Statistic.Absent("deadlines cut these streams off")
        : Quantiles.ofAny(histogram.get(), among);
  }

  /**
   * The interval of a metric's quantile, in the unit of the tables; both ends are empty where the
   * histograms don't hold what the table's figure is made of, or the readings of one stream depend
   * on each other, as gaps do.
   */
  QuantileInterval interval(Metric metric, double quantile) {
    Optional<Histogram> histogram = histogram(metric);
    if (histogram.isEmpty() || metric == Metric.GAP) {
      return QuantileInterval.NONE;
    }
    if (metric == Metric.OUTPUT_TPS) {
      // The slow end of the times is the low end of the rates.
      QuantileInterval times = QuantileInterval.of(histogram.get(), 0, 1 - quantile);
      return new QuantileInterval(rate(times.high()), rate(times.low()));
    }
    QuantileInterval nanos =
        QuantileInterval.of(histogram.get(), beyond(metric, histogram.get()), quantile);
    return new QuantileInterval(
        inTableUnit(metric, nanos.low()), inTableUnit(metric, nanos.high()));
  }

  private Optional<Histogram> histogram(Metric metric) {
    boolean ofComplete =
        switch (metric) {
          case TPOT, E2E, OUTPUT_TPS, RESPONSE_E2E -> true;
          case TTFT, TTFAT, GAP, RESPONSE_TTFT, QUEUE, START_ERROR -> false;
        };
    String name = metric == Metric.OUTPUT_TPS ? Metric.TPOT.label() : metric.label();
    return ofComplete && row.errors() > 0
        ? Optional.empty()
        : Optional.ofNullable(byMetric.get(name)).filter(found -> found.getTotalCount() > 0);
  }

  /** At most as many streams as this had no first token when a deadline cut them off. */
  private long beyond(Metric metric, Histogram histogram) {
    return metric == Metric.TTFT || metric == Metric.TTFAT || metric == Metric.RESPONSE_TTFT
        ? Math.min(row.timeouts(), Math.max(0, row.streams() - histogram.getTotalCount()))
        : 0;
  }

  private static OptionalDouble rate(OptionalDouble nanos) {
    return nanos.isPresent() && nanos.getAsDouble() > 0
        ? OptionalDouble.of(1e9 / nanos.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble inTableUnit(Metric metric, OptionalDouble nanos) {
    return nanos.isPresent()
        ? OptionalDouble.of(metric.inTableUnit(nanos.getAsDouble()))
        : OptionalDouble.empty();
  }
}
