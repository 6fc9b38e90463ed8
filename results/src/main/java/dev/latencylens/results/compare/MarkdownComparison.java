package dev.latencylens.results.compare;

import dev.latencylens.results.table.MarkdownTable;
import dev.latencylens.results.table.SafeText;
import java.util.ArrayList;
import java.util.List;

/** A comparison as tables in Markdown. */
final class MarkdownComparison {
  private final StringBuilder out = new StringBuilder();

  private MarkdownComparison() {}

  static String render(CellComparison comparison) {
    MarkdownComparison markdown = new MarkdownComparison();
    markdown.line("# " + SafeText.forMarkdown(comparison.title()));
    ComparedTable.verdicts(comparison).ifPresent(markdown::table);
    ComparedTable.failures(comparison).ifPresent(markdown::table);
    ComparedTable.others(comparison).ifPresent(markdown::table);
    markdown.line("");
    markdown.tails(comparison.planned());
    comparison.notes().forEach(note -> markdown.line("- " + SafeText.forMarkdownBlock(note)));
    return markdown.out.toString();
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

  private void table(ComparedTable table) {
    line("");
    line("## " + table.title());
    line("");
    List<List<String>> cells = new ArrayList<>();
    cells.add(table.columns());
    table.rows().forEach(row -> cells.add(row.stream().map(SafeText::forMarkdown).toList()));
    out.append(MarkdownTable.render(cells, table.textColumns()));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
