package dev.latencylens.results.page;

import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Column;
import dev.latencylens.results.table.Dimension;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.ModelMatrix;
import dev.latencylens.results.table.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** All cells by their main metrics, with a bar behind each figure. */
final class Overview implements Section {
  private static final double NO_BAR = -1;
  private static final double BAR_DECIMALS = 1e4;

  /** The metrics that most readers come for; the rest stands in the other tables of the run. */
  private static final List<Metric> METRICS =
      List.of(Metric.TTFT, Metric.GAP, Metric.TPOT, Metric.E2E, Metric.OUTPUT_TPS);

  @Override
  public Optional<SectionContent> content(PageSource source) {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.text(Column.STREAMS));
    figures.add(Figure.text(Column.ERRORS));
    for (Metric metric : METRICS) {
      figures.add(Figure.of(metric, Percentile.P50));
      if (metric == Metric.TTFT || metric == Metric.GAP) {
        figures.add(Figure.of(metric, Percentile.P99));
      }
    }
    figures.add(Figure.text(Column.OUTPUT_TOKENS));
    Column.cost(source.summary()).forEach(column -> figures.add(Figure.text(column)));
    Column.instrumentError("instrument error").forEach(column -> figures.add(Figure.text(column)));
    List<TableContent> tables = new ArrayList<>(List.of(table(source, figures)));
    ModelMatrix.of(source.summary().rows()).ifPresent(matrix -> tables.add(table(source, matrix)));
    return Optional.of(
        new SectionContent(
            "overview",
            "Overview",
            List.of(
                "Times in ms, output_tps in tokens per second. A bar is the figure's share of the"
                    + " largest in its column. What the marks mean stands in the notes."),
            Optional.empty(),
            tables));
  }

  private static TableContent table(PageSource source, List<Figure> figures) {
    List<SummaryRow> rows = source.summary().rows();
    List<Dimension> dimensions = source.names().varying();
    // Plots with little room call a cell by its id.
    List<String> headings = new ArrayList<>(List.of("cell"));
    dimensions.forEach(dimension -> headings.add(dimension.column()));
    figures.forEach(figure -> headings.add(figure.column().heading()));
    List<Double> largest =
        figures.stream()
            .map(
                figure ->
                    rows.stream()
                        .flatMapToDouble(row -> figure.reading(row).stream())
                        .max()
                        .orElse(0))
            .toList();
    List<List<String>> texts = new ArrayList<>();
    List<List<Double>> bars = new ArrayList<>();
    for (SummaryRow row : rows) {
      List<String> line = new ArrayList<>(List.of(row.cell().id()));
      List<Double> lengths = new ArrayList<>(List.of(NO_BAR));
      for (Dimension dimension : dimensions) {
        line.add(dimension.of(row.cell()));
        lengths.add(NO_BAR);
      }
      for (int i = 0; i < figures.size(); i++) {
        line.add(figures.get(i).column().text().apply(row));
        OptionalDouble reading = figures.get(i).reading(row);
        lengths.add(
            reading.isPresent() && largest.get(i) > 0
                ? Math.rint(reading.getAsDouble() / largest.get(i) * BAR_DECIMALS) / BAR_DECIMALS
                : NO_BAR);
      }
      texts.add(line);
      bars.add(lengths);
    }
    return new TableContent("Cells by metric", true, 1 + dimensions.size(), headings, texts, bars);
  }

  private static TableContent table(PageSource source, ModelMatrix matrix) {
    List<String> headings = new ArrayList<>(matrix.nameHeadings());
    headings.addAll(matrix.columns());
    return new TableContent(
        ModelMatrix.TITLE,
        true,
        matrix.nameHeadings().size(),
        headings,
        matrix.texts(source.summary().leaders()),
        List.of());
  }

  /** A column, and what its bars are made of. */
  private record Figure(Column column, Optional<Metric> metric, Percentile percentile) {
    static Figure text(Column column) {
      return new Figure(column, Optional.empty(), Percentile.P50);
    }

    static Figure of(Metric metric, Percentile percentile) {
      return new Figure(Column.of(metric, percentile), Optional.of(metric), percentile);
    }

    OptionalDouble reading(SummaryRow row) {
      return metric.isPresent()
              && row.statistic(metric.get(), percentile) instanceof Statistic.Value value
          ? OptionalDouble.of(value.value())
          : OptionalDouble.empty();
    }
  }
}
