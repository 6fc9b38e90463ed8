package dev.latencylens.results.page;

import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Column;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.Shape;
import dev.latencylens.results.table.SummaryRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A metric of each cell at all quantiles that its readings support, over HdrHistogram's axis.
 *
 * @param metric one of which summaries keep the shape
 */
record PercentileCurves(Metric metric) implements Section {
  /** What a table has room for. */
  private static final List<Double> LISTED =
      List.of(0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999);

  @Override
  public Optional<SectionContent> content(PageSource source) {
    List<Plot.Curve> curves = new ArrayList<>();
    for (SummaryRow row : source.drawn()) {
      row.shape(metric).ifPresent(shape -> curves.add(curve(source.name(row), shape)));
    }
    List<String> lead = new ArrayList<>();
    lead.add(
        "The "
            + metric.label()
            + " ("
            + metric.meaning()
            + ") that so many percent of the readings do not exceed. Each curve ends where there"
            + " are too few readings for the next percentile, or where a deadline cut streams off"
            + " (hollow mark).");
    lead.addAll(source.drawnNote());
    return Optional.of(
        new SectionContent(
            metric.label() + "-percentiles",
            metric.label() + " by percentile",
            lead,
            Optional.of(new Plot.Curves(curves)),
            List.of(table(source))));
  }

  private static Plot.Curve curve(String name, Shape shape) {
    List<List<Double>> points = new ArrayList<>();
    Optional<List<Double>> limit = Optional.empty();
    for (Shape.Point point : shape.curve()) {
      if (point.statistic() instanceof Statistic.Value value) {
        points.add(List.of(point.quantile(), PageSource.millis(value.value())));
      } else if (point.statistic() instanceof Statistic.Censored censored && limit.isEmpty()) {
        limit = Optional.of(List.of(point.quantile(), PageSource.millis(censored.limit())));
      }
    }
    return new Plot.Curve(name, points, limit);
  }

  private TableContent table(PageSource source) {
    List<String> headings = new ArrayList<>(List.of("cell"));
    LISTED.forEach(quantile -> headings.add("p" + percent(quantile) + " ms"));
    headings.addAll(List.of("readings", "cut off by a deadline"));
    List<List<String>> rows = new ArrayList<>();
    for (SummaryRow row : source.summary().rows()) {
      row.shape(metric)
          .ifPresent(
              shape -> {
                List<String> line = new ArrayList<>(List.of(source.name(row)));
                shape.curve().stream()
                    .filter(point -> LISTED.contains(point.quantile()))
                    .forEach(
                        point -> line.add(Column.words(point.statistic(), PageSource::millisText)));
                line.add(Long.toString(shape.readings()));
                line.add(Long.toString(shape.censored()));
                rows.add(line);
              });
    }
    return TableContent.folded(metric.label() + " by percentile", 1, headings, rows);
  }

  private static String percent(double quantile) {
    return Decimal.exact(BigDecimal.valueOf(quantile).movePointRight(2));
  }
}
