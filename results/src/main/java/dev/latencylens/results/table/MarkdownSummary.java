package dev.latencylens.results.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code summary.md}: a summary as it can be published. Three narrow tables instead of a wide one,
 * since readers' pages cut wide ones off; the numbers have three significant digits.
 */
public final class MarkdownSummary {
  private final Summary summary;
  private final RowNames names;
  private final StringBuilder out = new StringBuilder();

  private MarkdownSummary(Summary summary) {
    this.summary = summary;
    this.names = RowNames.of(summary.rows());
  }

  /**
   * Renders a summary.
   *
   * @param summary the summary
   * @return the whole file, the same in every locale
   */
  public static String render(Summary summary) {
    MarkdownSummary markdown = new MarkdownSummary(summary);
    markdown.head();
    markdown.table(
        "First token and end to end, ms",
        Stream.of(
            List.of(Column.STREAMS, Column.ERRORS), Column.of(Metric.TTFT), Column.of(Metric.E2E)));
    markdown.table(
        "Between tokens, ms; output_tps in tokens/s",
        Stream.of(Column.of(Metric.TPOT), Column.of(Metric.GAP), Column.of(Metric.OUTPUT_TPS)));
    markdown.table(
        "First answer text, answers and instrument; times in ms",
        Stream.of(
            Column.of(Metric.TTFAT),
            List.of(Column.INPUT_TOKENS, Column.OUTPUT_TOKENS, Column.COALESCED),
            Column.cost(summary),
            Column.instrumentError("instrument error")));
    if (LoadColumns.worthShowing(summary)) {
      markdown.table(
          "Load: what was asked and what was made; times in ms", LoadColumns.of(summary).stream());
    } else if (!LoadColumns.goodput(summary).isEmpty()) {
      markdown.table("Goodput", Stream.of(LoadColumns.goodput(summary)));
    }
    markdown.matrix();
    markdown.notes();
    markdown.columns();
    return markdown.out.toString();
  }

  private void head() {
    line("# " + SafeText.forMarkdown(summary.manifest().name()));
    line("");
    if (summary.manifest().simulated()) {
      line("> **" + SafeText.forMarkdown(RunFacts.SIMULATED) + "**");
      line("");
    }
    line(
        "- " + SafeText.forMarkdown(RunFacts.date(summary)) + ", " + safe(RunFacts.suite(summary)));
    line("- Machine: " + safe(RunFacts.machine(summary)));
    line("- JVM: " + safe(RunFacts.jvm(summary)));
    line("- Measured: " + safe(RunFacts.measured(summary)));
    List<String> constants = RunFacts.constants(summary);
    if (!constants.isEmpty()) {
      line("- All rows: " + safe(String.join(", ", constants)));
    }
  }

  private void table(String title, Stream<List<Column>> groups) {
    List<Column> columns = groups.flatMap(List::stream).toList();
    line("");
    line("## " + safe(title));
    line("");
    List<List<String>> cells = new ArrayList<>();
    List<String> heading = new ArrayList<>();
    names.varying().forEach(dimension -> heading.add(dimension.column()));
    columns.forEach(column -> heading.add(safe(column.heading())));
    cells.add(heading);
    for (SummaryRow row : summary.rows()) {
      List<String> line = new ArrayList<>();
      names.varying().forEach(dimension -> line.add(safe(dimension.of(row.cell()))));
      columns.forEach(column -> line.add(safe(column.text().apply(row))));
      cells.add(line);
    }
    out.append(MarkdownTable.render(cells, names.varying().size()));
  }

  private void matrix() {
    ModelMatrix.of(summary.rows())
        .ifPresent(
            matrix -> {
              line("");
              line("## " + safe(ModelMatrix.TITLE));
              line("");
              List<List<String>> cells = new ArrayList<>();
              List<String> heading = new ArrayList<>(matrix.nameHeadings());
              heading.addAll(matrix.columns());
              cells.add(heading);
              cells.addAll(matrix.texts(summary.leaders()));
              out.append(
                  MarkdownTable.render(
                      cells.stream()
                          .map(texts -> texts.stream().map(MarkdownSummary::safe).toList())
                          .toList(),
                      matrix.nameHeadings().size()));
            });
  }

  private void notes() {
    List<String> notes = new ArrayList<>(Footnotes.of(summary));
    summary.warnings().forEach(warning -> notes.add("Warning: " + warning + "."));
    if (!notes.isEmpty()) {
      line("");
      line("## Notes");
      line("");
      notes.forEach(note -> line("- " + SafeText.forMarkdownBlock(note)));
    }
  }

  private void columns() {
    line("");
    line("## Columns");
    line("");
    boolean ofLoad = LoadColumns.worthShowing(summary);
    if (ofLoad) {
      line(
          "- `planned`, `refused`, `not started`: planned and retried streams are those started,"
              + " those that a limit refused, and those whose turn never came");
      line(
          "- `offered/s`, `started/s`, `achieved/s`: starts that were due, that were made, and that"
              + " were made within the window, in a second of it");
    }
    line("- `streams`: streams started; `errors`: those of them that did not end as `complete`");
    Arrays.stream(Metric.values())
        .filter(metric -> LoadColumns.haveQueues(summary) || !metric.isOfLoad())
        .forEach(metric -> line("- `" + metric.label() + "`: " + safe(metric.meaning())));
    line("- `input tokens`, `output tokens`: the provider's counts, at the median");
    if (!Column.cost(summary).isEmpty()) {
      line(
          "- `cost USD`: what the streams cost together, and `cost/stream p50` the median of one, in"
              + " USD, from the provider's counts and the prices in the notes");
    }
    line("- `coalesced`: share of content events that shared a read with another of their stream");
    line(
        "- `instrument error`: the client's stamp less the true time of sending, measured in the"
            + " same run");
  }

  private static String safe(String text) {
    return SafeText.forMarkdown(text);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
