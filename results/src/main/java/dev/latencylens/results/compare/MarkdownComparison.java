package dev.latencylens.results.compare;

import dev.latencylens.results.stats.verdict.FailureComparison.Rate;
import dev.latencylens.results.table.MarkdownTable;
import dev.latencylens.results.table.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as tables in Markdown. */
final class MarkdownComparison {
  private static final List<String> VALUES =
      List.of("baseline ms", "candidate ms", "change (90% bounds)");

  private final StringBuilder out = new StringBuilder();

  private MarkdownComparison() {}

  static String render(CellComparison comparison) {
    MarkdownComparison markdown = new MarkdownComparison();
    markdown.line("# " + SafeText.forMarkdown(comparison.title()));
    markdown.planned(comparison.planned());
    markdown.failures(comparison.failures());
    markdown.others(comparison);
    markdown.line("");
    markdown.tails(comparison.planned());
    comparison.notes().forEach(note -> markdown.line("- " + SafeText.forMarkdownBlock(note)));
    return markdown.out.toString();
  }

  private void planned(List<ComparedQuantile> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<List<String>> cells = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("cells", "statistic", "verdict", "instrument"));
    heading.addAll(VALUES);
    heading.addAll(List.of("p", "detectable"));
    cells.add(heading);
    for (ComparedQuantile row : rows) {
      List<String> line = new ArrayList<>();
      line.add(RowText.cells(row));
      line.add(row.statistic());
      line.add(RowText.standing(row));
      line.add(RowText.instrument(row));
      values(row, line);
      line.add(RowText.p(row));
      line.add(RowText.detectable(row));
      cells.add(line);
    }
    table("Verdicts", cells, 4);
  }

  /** A p99 is always shown with its interval, judged or not. */
  private void tails(List<ComparedQuantile> rows) {
    for (ComparedQuantile row : rows) {
      if (row.quantile() == JudgedQuantile.P99
          && row.beforePooled().isPresent()
          && row.afterPooled().isPresent()) {
        String text =
            RowText.cells(row)
                + ": "
                + row.statistic()
                + " over all streams "
                + RowText.pooled(row.metric(), row.beforePooled().get())
                + " and "
                + RowText.pooled(row.metric(), row.afterPooled().get())
                + " ms, with the 95% interval between order statistics.";
        line("- " + SafeText.forMarkdownBlock(text));
      }
    }
  }

  private void failures(List<ComparedFailures> failures) {
    if (failures.isEmpty()) {
      return;
    }
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("cells", "finding", "baseline failed", "candidate failed", "p"));
    for (ComparedFailures each : failures) {
      cells.add(
          List.of(
              ComparedNames.common(each.baseline(), each.candidate())
                  + ": "
                  + ComparedNames.own(each.baseline(), each.candidate())
                  + " to "
                  + ComparedNames.own(each.candidate(), each.baseline()),
              each.finding().label(),
              rate(each.rates().baseline()),
              rate(each.rates().candidate()),
              RowText.p(each.p())));
    }
    table("Failures", cells, 2);
  }

  private static String rate(Rate rate) {
    return String.format(
        Locale.ROOT,
        "%d of %d (%s to %s)",
        rate.failed(),
        rate.requests(),
        Shares.percent(rate.low()),
        Shares.percent(rate.high()));
  }

  private void others(CellComparison comparison) {
    if (comparison.others().isEmpty()) {
      return;
    }
    boolean unpaired =
        comparison.others().stream().anyMatch(row -> row.standing() == Standing.UNPAIRED);
    List<List<String>> cells = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("cells", "statistic", "instrument"));
    heading.addAll(VALUES);
    if (!unpaired) {
      heading.add("p");
    }
    cells.add(heading);
    for (ComparedQuantile row : comparison.others()) {
      List<String> line = new ArrayList<>();
      line.add(RowText.cells(row));
      line.add(row.statistic());
      line.add(RowText.instrument(row));
      values(row, line);
      if (!unpaired) {
        line.add(RowText.p(row));
      }
      cells.add(line);
    }
    table(unpaired ? "Unpaired" : "Exploratory: not planned, not judged", cells, 3);
  }

  private static void values(ComparedQuantile row, List<String> line) {
    line.add(RowText.value(row.metric(), row.before()));
    line.add(RowText.value(row.metric(), row.after()));
    line.add(RowText.change(row));
  }

  private void table(String title, List<List<String>> cells, int textColumns) {
    line("");
    line("## " + title);
    line("");
    out.append(
        MarkdownTable.render(
            cells.stream().map(row -> row.stream().map(SafeText::forMarkdown).toList()).toList(),
            textColumns));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
