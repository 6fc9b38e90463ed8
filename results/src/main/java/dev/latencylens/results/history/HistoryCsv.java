package dev.latencylens.results.history;

import dev.latencylens.results.run.GitRevision;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.Dimension;
import dev.latencylens.results.table.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A history for programs, as CSV (RFC 4180). Stateless. */
final class HistoryCsv {
  /** What dateparser, which Otava reads times with, takes for one moment only. */
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss '+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int DECIMALS = 3;

  private HistoryCsv() {}

  /** All points, one row each. */
  static String all(List<HistorySeries> all, HistoryMetric metric) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("release", "started", "suite", "commit"));
    for (Dimension dimension : Dimension.values()) {
      heading.add(dimension.column());
    }
    heading.addAll(List.of("metric", "value", "low", "high", "n", "note", "remarks"));
    rows.add(heading);
    for (HistorySeries series : all) {
      for (HistoryPoint point : series.points()) {
        rows.add(row(point, metric));
      }
    }
    return render(rows);
  }

  /**
   * One series in the form that Apache Otava's CSV importer reads: a column of times, the
   * attributes {@code version} and {@code commit}, and one column of numbers, none of them empty.
   * Points without a number are left out.
   */
  static String forOtava(HistorySeries series, HistoryMetric metric) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("time", "version", "commit", metric.column()));
    for (HistoryPoint point : series.points()) {
      if (point.value().isPresent()) {
        rows.add(
            List.of(
                SECOND.format(point.release().manifest().started()),
                point.release().name(),
                commit(point),
                point.row().text(metric.column())));
      }
    }
    return render(rows);
  }

  private static List<String> row(HistoryPoint point, HistoryMetric metric) {
    List<String> row = new ArrayList<>();
    row.add(point.release().name());
    row.add(DateTimeFormatter.ISO_INSTANT.format(point.release().manifest().started()));
    row.add(SafeText.forCsv(point.release().manifest().suiteVersion()));
    row.add(commit(point));
    for (Dimension dimension : Dimension.values()) {
      row.add(SafeText.forCsv(dimension.of(point.row().cell())));
    }
    row.add(metric.column());
    row.add(point.value().isPresent() ? point.row().text(metric.column()) : "");
    row.add(number(point.interval().low()));
    row.add(number(point.interval().high()));
    row.add(point.n() == 0 ? "" : Long.toString(point.n()));
    row.add(SafeText.forCsv(point.note().orElse("")));
    row.add(SafeText.forCsv(String.join("; ", point.release().remarks())));
    return row;
  }

  private static String commit(HistoryPoint point) {
    return SafeText.forCsv(point.release().manifest().git().map(GitRevision::revision).orElse(""));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimal.fixed(value.getAsDouble(), DECIMALS) : "";
  }

  private static String render(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      for (List<String> row : rows) {
        csv.printRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a string builder does not fail", e);
    }
    return text.toString();
  }
}
