package dev.latencylens.results.history;

import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.table.CsvSummary;
import dev.latencylens.results.table.Dimension;
import dev.latencylens.results.table.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a history is of: a column of numbers in {@code summary.csv}.
 *
 * @param column the column's name
 * @param metric the metric, where the column holds a percentile of one
 * @param percentile which, if so
 */
record HistoryMetric(String column, Optional<Metric> metric, Optional<Percentile> percentile) {
  private static final String MILLIS = "_ms";
  private static final List<String> MORE_IS_BETTER =
      List.of(
          "throughput_tps",
          "started_per_second",
          "achieved_per_second",
          "goodput_share",
          "goodput_per_second");

  /** The column of that name, or empty if there is none. */
  static Optional<HistoryMetric> named(String column) {
    for (Metric metric : Metric.values()) {
      for (Percentile percentile : Percentile.values()) {
        if (metric.column(percentile).equals(column)) {
          return Optional.of(
              new HistoryMetric(column, Optional.of(metric), Optional.of(percentile)));
        }
      }
    }
    return columns().contains(column)
        ? Optional.of(new HistoryMetric(column, Optional.empty(), Optional.empty()))
        : Optional.empty();
  }

  /** All columns of numbers. */
  static List<String> columns() {
    List<String> columns = new ArrayList<>(CsvSummary.columns());
    Arrays.stream(Dimension.values()).map(Dimension::column).forEach(columns::remove);
    columns.remove(CsvSummary.NOTES);
    return columns;
  }

  /** What the notes call it. */
  String statistic() {
    return column.endsWith(MILLIS)
        ? column.substring(0, column.length() - MILLIS.length())
        : column;
  }

  /** Whether a larger number is the better one. */
  boolean moreIsBetter() {
    return metric.map(Metric::isRate).orElse(MORE_IS_BETTER.contains(column));
  }
}
