package dev.latencylens.results.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A summary for a terminal of 100 columns: plain text, as many tables as the width asks for, the
 * same numbers and marks as in Markdown.
 */
public final class TerminalSummary {
  private static final int COLUMNS = 100;
  private static final int LONGEST_NAME = 34;

  /** What the numbers of shortened models and columns of the matrix begin with. */
  private static final String MODEL = "m";

  private static final String COLUMN = "p";

  private final Summary summary;
  private final StringBuilder out = new StringBuilder();

  private TerminalSummary(Summary summary) {
    this.summary = summary;
  }

  /**
   * Renders a summary.
   *
   * @param summary the summary
   * @return lines of at most 100 columns, the same in every locale
   */
  public static String render(Summary summary) {
    TerminalSummary terminal = new TerminalSummary(summary);
    terminal.head();
    terminal.tables();
    terminal.matrix();
    terminal.notes();
    return terminal.out.toString();
  }

  /**
   * Takes from texts the power to do more to a terminal than be read.
   *
   * @param texts raw texts
   * @return the texts with control, formatting and bidirectional characters escaped
   */
  public static List<String> safe(List<String> texts) {
    return texts.stream().map(SafeText::forTerminal).toList();
  }

  private void head() {
    paragraph(
        summary.manifest().name()
            + ", "
            + RunFacts.date(summary)
            + ": "
            + RunFacts.measured(summary),
        "");
    if (summary.manifest().simulated()) {
      paragraph(RunFacts.SIMULATED, "");
    }
    List<String> constants = new ArrayList<>(RunFacts.constants(summary));
    sameTokens().ifPresent(tokens -> constants.add("output tokens " + tokens));
    if (!constants.isEmpty()) {
      paragraph("All rows: " + String.join(", ", constants), "");
    }
  }

  private void tables() {
    List<String> names = shortNames();
    List<List<Column>> groups = new ArrayList<>(usual());
    if (sameTokens().isEmpty()) {
      groups.add(List.of(Column.OUTPUT_TOKENS_SHORT));
    }
    groups.add(Column.cost(summary));
    if (LoadColumns.worthShowing(summary)) {
      groups.addAll(LoadColumns.of(summary));
    } else if (!LoadColumns.goodput(summary).isEmpty()) {
      groups.add(LoadColumns.goodput(summary));
    }
    tables(names, groups);
  }

  private static List<List<Column>> usual() {
    return List.of(
        List.of(Column.STREAMS, Column.ERRORS),
        Column.of(Metric.TTFT),
        Column.of(Metric.E2E),
        Column.of(Metric.TPOT),
        Column.of(Metric.GAP),
        Column.of(Metric.OUTPUT_TPS),
        Column.instrumentError("error"));
  }

  /** The length of the answers, where all rows have the same: a column of it would say nothing. */
  private Optional<String> sameTokens() {
    List<String> different =
        summary.rows().stream().map(Column.OUTPUT_TOKENS_SHORT.text()).distinct().toList();
    return different.size() == 1 ? Optional.of(different.get(0)) : Optional.empty();
  }

  /** As many columns side by side as fit. */
  private void tables(List<String> names, List<List<Column>> groups) {
    List<Column> shown = new ArrayList<>();
    for (List<Column> group : groups) {
      List<Column> wider = new ArrayList<>(shown);
      wider.addAll(group);
      if (!shown.isEmpty() && TextTable.lineWidth(cells(names, wider)) > COLUMNS) {
        table(names, shown);
        shown = new ArrayList<>(group);
      } else {
        shown = wider;
      }
    }
    table(names, shown);
  }

  private void table(List<String> names, List<Column> columns) {
    out.append('\n').append(TextTable.render(cells(names, columns)));
  }

  private List<List<String>> cells(List<String> names, List<Column> columns) {
    List<List<String>> cells = new ArrayList<>();
    List<String> above = new ArrayList<>(List.of(""));
    List<String> heading = new ArrayList<>(List.of(""));
    String last = "";
    for (Column column : columns) {
      // The metric stands once, above its first percentile: that makes room for the numbers.
      int blank = column.heading().lastIndexOf(' ');
      String metric = column.heading().substring(0, Math.max(0, blank));
      above.add(metric.equals(last) ? "" : metric);
      heading.add(column.heading().substring(blank + 1));
      last = metric;
    }
    cells.add(above);
    cells.add(heading);
    for (int i = 0; i < summary.rows().size(); i++) {
      SummaryRow row = summary.rows().get(i);
      List<String> line = new ArrayList<>(List.of(names.get(i)));
      columns.forEach(column -> line.add(column.text().apply(row)));
      cells.add(line);
    }
    return cells;
  }

  /** Names that fit; where one had to be cut, all get a number, and the notes give them in full. */
  private List<String> shortNames() {
    return shortened(fullNames(), "");
  }

  private static List<String> shortened(List<String> full, String letter) {
    if (full.stream().allMatch(name -> TextTable.width(name) <= LONGEST_NAME)) {
      return full;
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < full.size(); i++) {
      names.add(cut(letter + (i + 1) + " " + full.get(i)));
    }
    return names;
  }

  private void matrix() {
    ModelMatrix.of(summary.rows()).ifPresent(this::matrix);
  }

  private void matrix(ModelMatrix matrix) {
    int names = matrix.nameHeadings().size();
    List<List<String>> texts = matrix.texts(summary.leaders());
    List<String> lines = lineNames(matrix);
    List<String> columns = safe(matrix.columns());
    List<List<String>> cells = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of(""));
    heading.addAll(shortened(columns, COLUMN));
    cells.add(heading);
    List<String> shortLines = shortened(lines, MODEL);
    for (int i = 0; i < lines.size(); i++) {
      List<String> line = new ArrayList<>(List.of(shortLines.get(i)));
      line.addAll(texts.get(i).subList(names, texts.get(i).size()));
      cells.add(line);
    }
    out.append('\n').append(ModelMatrix.TITLE).append("\n\n");
    out.append(TextTable.renderParts(cells, COLUMNS));
  }

  private static List<String> lineNames(ModelMatrix matrix) {
    return safe(
        matrix.lines().stream()
            .map(line -> String.join(" ", line.names()).stripTrailing())
            .toList());
  }

  private List<String> fullNames() {
    RowNames names = RowNames.of(summary.rows());
    return summary.rows().stream().map(row -> SafeText.forTerminal(names.name(row))).toList();
  }

  private static String cut(String name) {
    StringBuilder kept = new StringBuilder();
    int width = 0;
    for (int character : name.codePoints().toArray()) {
      width += TextTable.width(character);
      if (width >= LONGEST_NAME && TextTable.width(name) > LONGEST_NAME) {
        return kept.append('…').toString();
      }
      kept.appendCodePoint(character);
    }
    return kept.toString();
  }

  private void notes() {
    out.append('\n');
    paragraph(
        "Times in ms, output_tps in tokens/s; error is the instrument's own, measured in the run."
            + (Column.cost(summary).isEmpty() ? "" : " Costs in USD."),
        "");
    inFull(fullNames(), "");
    ModelMatrix.of(summary.rows())
        .ifPresent(
            matrix -> {
              inFull(lineNames(matrix), MODEL);
              inFull(safe(matrix.columns()), COLUMN);
            });
    Footnotes.of(summary).forEach(note -> paragraph("- " + note, "  "));
  }

  private void inFull(List<String> full, String letter) {
    if (!shortened(full, letter).equals(full)) {
      for (int i = 0; i < full.size(); i++) {
        paragraph(letter + (i + 1) + ": " + full.get(i), "   ");
      }
    }
  }

  private void paragraph(String raw, String indent) {
    out.append(Paragraph.wrap(raw, indent, COLUMNS));
  }
}
