package dev.latencylens.results.page;

import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Column;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a stream costs against how fast it comes, of the cells whose price is known. */
final class CostAndSpeed implements Section {

  @Override
  public Optional<SectionContent> content(PageSource source) {
    List<Column> columns = new ArrayList<>(Column.cost(source.summary()));
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    columns.add(Column.of(Metric.OUTPUT_TPS, Percentile.P50));
    columns.add(Column.of(Metric.TTFT, Percentile.P50));
    List<Plot.Mark> marks = new ArrayList<>();
    for (SummaryRow row : source.drawn()) {
      if (row.statistic(Metric.OUTPUT_TPS, Percentile.P50) instanceof Statistic.Value speed) {
        row.cost()
            .perStreamP50Usd()
            .ifPresent(
                usd ->
                    marks.add(
                        new Plot.Mark(
                            source.name(row),
                            usd.doubleValue(),
                            PageSource.rounded(speed.value()))));
      }
    }
    List<String> headings = new ArrayList<>(List.of("cell"));
    columns.forEach(column -> headings.add(column.heading()));
    List<List<String>> rows = new ArrayList<>();
    for (SummaryRow row : source.summary().rows()) {
      List<String> line = new ArrayList<>(List.of(source.name(row)));
      columns.forEach(column -> line.add(column.text().apply(row)));
      rows.add(line);
    }
    List<String> lead = new ArrayList<>();
    lead.add(
        "The median of what a stream cost against the median of its output_tps. Better is up and"
            + " to the left. Cells without a known price are left out.");
    lead.addAll(source.drawnNote());
    return Optional.of(
        new SectionContent(
            "cost",
            "Cost against speed",
            lead,
            Optional.of(
                new Plot.Scatter("cost/stream p50, USD", "output_tps p50, tokens/s", marks)),
            List.of(TableContent.folded("Cost and speed", 1, headings, rows))));
  }
}
