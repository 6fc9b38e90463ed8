package dev.latencylens.benchmarks.doctor;

import dev.latencylens.results.table.Paragraph;
import dev.latencylens.results.table.TerminalSummary;
import dev.latencylens.results.table.TextTable;
import java.util.ArrayList;
import java.util.List;

/** What was found out about targets, as a table with a line for all that needs one. Stateless. */
final class TargetTable {
  private static final int WIDEST_NAME = 24;

  private TargetTable() {}

  /** The table, then the findings; lines of at most {@link Finding#COLUMNS} columns. */
  static String render(final List<TargetReport> reports) {
    final boolean streams = reports.stream().anyMatch(report -> report.sent().isPresent());
    final List<List<String>> cells = new ArrayList<>();
    cells.add(TargetReport.headings(streams));
    for (final TargetReport report : reports) {
      cells.add(
          TerminalSummary.safe(report.cells(streams)).stream().map(TargetTable::cut).toList());
    }
    final StringBuilder text = new StringBuilder(TextTable.renderParts(cells, Finding.COLUMNS));
    for (final TargetReport report : reports) {
      text.append('\n')
          .append(Paragraph.wrap(report.name() + ":", "", Finding.COLUMNS))
          .append(Finding.render(report.findings()));
    }
    return text.toString();
  }

  private static String cut(final String text) {
    return text.length() <= WIDEST_NAME ? text : text.substring(0, WIDEST_NAME - 1) + "…";
  }
}
