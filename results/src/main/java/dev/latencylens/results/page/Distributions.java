package dev.latencylens.results.page;

import dev.latencylens.results.stats.LogBins;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.Shape;
import dev.latencylens.results.table.SummaryRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a metric's readings lie, all cells in the same classes, as fine as the spread of all of them
 * allows.
 *
 * @param metric one of which summaries keep the shape
 */
record Distributions(Metric metric) implements Section {
  private static final int MOST_CLASSES = 90;
  private static final int DECIMALS = 4;

  @Override
  public Optional<SectionContent> content(PageSource source) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (SummaryRow row : source.drawn()) {
      // Two cells of one name are both drawn: names need not be unique.
      row.shape(metric)
          .filter(shape -> !shape.bins().isEmpty())
          .ifPresent(shape -> shapes.put(row.cell().id(), shape));
    }
    if (shapes.isEmpty()) {
      return Optional.empty();
    }
    int first = shapes.values().stream().mapToInt(s -> s.bins().firstKey()).min().orElseThrow();
    int last = shapes.values().stream().mapToInt(s -> s.bins().lastKey()).max().orElseThrow();
    int width = (last - first) / MOST_CLASSES + 1;
    int classes = (last - first) / width + 1;
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= classes; i++) {
      edges.add(PageSource.millis(LogBins.lowerEdge(first + i * width)));
    }
    List<Plot.Shares> series = new ArrayList<>();
    for (SummaryRow row : source.drawn()) {
      Shape shape = shapes.get(row.cell().id());
      if (shape != null) {
        series.add(new Plot.Shares(source.name(row), percent(shape, first, width, classes)));
      }
    }
    List<String> lead = new ArrayList<>();
    lead.add(
        "The share of a cell's readings of "
            + metric.label()
            + " in classes that are equally wide on the logarithmic axis.");
    long censored = shapes.values().stream().mapToLong(Shape::censored).sum();
    if (censored > 0) {
      lead.add(censored + " readings that a deadline cut off are in no class.");
    }
    lead.addAll(source.drawnNote());
    return Optional.of(
        new SectionContent(
            metric.label() + "-distribution",
            "Distribution of " + metric.label(),
            lead,
            Optional.of(new Plot.Distributions(edges, series)),
            List.of(table(edges, series))));
  }

  private static List<Double> percent(Shape shape, int first, int width, int classes) {
    double all = shape.readings();
    List<Double> percent = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      int from = first + i * width;
      long count =
          shape.bins().subMap(from, from + width).values().stream()
              .mapToLong(Long::longValue)
              .sum();
      percent.add(Double.parseDouble(Decimal.fixed(100 * count / all, DECIMALS)));
    }
    return percent;
  }

  private TableContent table(List<Double> edges, List<Plot.Shares> series) {
    List<String> headings = new ArrayList<>(List.of("from ms", "below ms"));
    series.forEach(shares -> headings.add(shares.name() + ", %"));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i + 1 < edges.size(); i++) {
      int at = i;
      if (series.stream().anyMatch(shares -> shares.percent().get(at) > 0)) {
        List<String> line = new ArrayList<>();
        line.add(Decimal.fixed(edges.get(i), 3));
        line.add(Decimal.fixed(edges.get(i + 1), 3));
        series.forEach(shares -> line.add(Decimal.fixed(shares.percent().get(at), 2)));
        rows.add(line);
      }
    }
    return TableContent.folded("Shares of " + metric.label(), 2, headings, rows);
  }
}
