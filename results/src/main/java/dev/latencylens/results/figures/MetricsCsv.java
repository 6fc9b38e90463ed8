package dev.latencylens.results.figures;

import dev.latencylens.results.table.Dimension;
import dev.latencylens.results.table.SafeText;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SummaryRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * {@code metrics.csv}: RFC 4180 in long form, one row for each number of each cell, as data frames
 * and databases take it. What is of the same cell has the same first columns. Counts of streams are
 * metrics too, and an outcome is the metric {@code outcome_<name>}. Numbers are those of {@code
 * summary.csv}. Stateless.
 */
public final class MetricsCsv {
  private static final String COUNT = "count";

  private MetricsCsv() {}

  /**
   * Renders a summary.
   *
   * @param summary the summary
   * @return the whole file, the same in every locale
   */
  public static String render(Summary summary) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      csv.printRecord(columns());
      for (SummaryRow row : summary.rows()) {
        for (Figure figure : figures(row, summary)) {
          csv.printRecord(record(row, figure));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a string builder does not fail", e);
    }
    return text.toString();
  }

  private static List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (Dimension dimension : Dimension.values()) {
      columns.add(dimension.column());
    }
    columns.addAll(List.of("metric", "statistic", "value", "unit", "n", "low", "high", "notes"));
    return columns;
  }

  private static List<Figure> figures(SummaryRow row, Summary summary) {
    List<Figure> figures = new ArrayList<>();
    CellFigures.counts(row).forEach((name, n) -> figures.add(count(name, COUNT, "streams", n)));
    for (Map.Entry<String, Long> outcome : row.outcomes().entrySet()) {
      String name = "outcome_" + SafeText.forWord(outcome.getKey());
      figures.add(count(name, COUNT, "streams", outcome.getValue()));
    }
    figures.add(count("rounds", "planned", "rounds", row.plannedRounds()));
    figures.add(count("rounds", "finished", "rounds", row.finishedRounds()));
    figures.addAll(CellFigures.measured(row, summary));
    return figures;
  }

  private static Figure count(String metric, String statistic, String unit, long n) {
    return new Figure(
        metric,
        statistic,
        unit,
        Optional.of(BigDecimal.valueOf(n)),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static List<String> record(SummaryRow row, Figure figure) {
    List<String> values = new ArrayList<>();
    for (Dimension dimension : Dimension.values()) {
      values.add(SafeText.forCsv(dimension.of(row.cell())));
    }
    values.add(figure.metric());
    values.add(figure.statistic());
    values.add(number(figure.value()));
    values.add(figure.unit());
    values.add(figure.n().isPresent() ? Long.toString(figure.n().getAsLong()) : "");
    values.add(number(figure.low()));
    values.add(number(figure.high()));
    values.add(String.join(";", figure.notes()));
    return values;
  }

  private static String number(Optional<BigDecimal> number) {
    return number.map(BigDecimal::toPlainString).orElse("");
  }
}
