package dev.latencylens.results.history;

import dev.latencylens.results.stats.QuantileInterval;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One cell of one release in a history.
 *
 * @param release the release
 * @param row the cell's row in its table
 * @param value the number, in the table's unit; empty where there is none
 * @param note what the table notes of it
 * @param interval the interval of the percentile, in the table's unit
 * @param n how many readings the interval is of; 0 where there is none
 */
record HistoryPoint(
    Release release,
    ReleaseRow row,
    OptionalDouble value,
    Optional<String> note,
    QuantileInterval interval,
    long n) {

  static HistoryPoint of(Release release, ReleaseRow row, HistoryMetric metric) throws IOException {
    QuantileInterval interval =
        new QuantileInterval(OptionalDouble.empty(), OptionalDouble.empty());
    long n = 0;
    OptionalDouble value = row.number(metric.column());
    if (metric.metric().isPresent() && metric.percentile().isPresent() && value.isPresent()) {
      CellHistograms histograms = CellHistograms.read(release, row);
      double quantile = metric.percentile().get().quantile();
      interval = histograms.interval(metric.metric().get(), quantile);
      n = histograms.count(metric.metric().get());
    }
    return new HistoryPoint(release, row, value, row.note(metric.statistic()), interval, n);
  }

  /** The number as people read it. */
  String text(HistoryMetric metric) {
    // Money and counts stand in the table with all the digits that they need.
    return metric.metric().isEmpty() && value.isPresent()
        ? row.text(metric.column())
        : StatisticText.of(value, note);
  }

  /** The interval as people read it. */
  String intervalText() {
    return StatisticText.interval(interval.low(), interval.high());
  }
}
