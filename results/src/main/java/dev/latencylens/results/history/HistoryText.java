package dev.latencylens.results.history;

import dev.latencylens.results.table.MarkdownTable;
import dev.latencylens.results.table.Marks;
import dev.latencylens.results.table.SafeText;
import dev.latencylens.results.table.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A history for people: a table for each cell, and what must be said of it. Stateless. */
final class HistoryText {
  private static final List<String> HEADING =
      List.of("release", "date", "suite", "value", "95% interval", "n");
  private static final int TEXT_COLUMNS = 3;

  private HistoryText() {}

  /** For a terminal, with a plot. */
  static String forTerminal(List<HistorySeries> all, HistoryMetric metric) {
    StringBuilder out = new StringBuilder();
    for (HistorySeries series : all) {
      HistoryPlot plot = HistoryPlot.of(series.points());
      List<List<String>> cells = new ArrayList<>();
      cells.add(with(HEADING, plot.scale()));
      for (HistoryPoint point : series.points()) {
        cells.add(with(cells(point, metric, SafeText::forTerminal), plot.line(point)));
      }
      out.append(metric.column()).append(": ").append(SafeText.forTerminal(series.name()));
      out.append("\n\n").append(TextTable.render(cells)).append('\n');
    }
    for (String note : notes(all)) {
      out.append("- ").append(SafeText.forTerminal(note)).append('\n');
    }
    return out.toString();
  }

  /** For Markdown. */
  static String forMarkdown(List<HistorySeries> all, HistoryMetric metric) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(SafeText.forMarkdown(metric.column())).append('\n');
    for (HistorySeries series : all) {
      List<List<String>> cells = new ArrayList<>();
      cells.add(HEADING);
      for (HistoryPoint point : series.points()) {
        cells.add(cells(point, metric, SafeText::forMarkdown));
      }
      out.append("\n## ").append(SafeText.forMarkdown(series.name())).append("\n\n");
      out.append(MarkdownTable.render(cells, TEXT_COLUMNS));
    }
    out.append('\n');
    for (String note : notes(all)) {
      out.append("- ").append(SafeText.forMarkdown(note)).append('\n');
    }
    return out.toString();
  }

  private static List<String> cells(
      HistoryPoint point, HistoryMetric metric, UnaryOperator<String> safe) {
    List<String> raw =
        List.of(
            point.release().name(),
            point.release().date().toString(),
            point.release().manifest().suiteVersion(),
            point.text(metric),
            point.intervalText(),
            point.n() == 0 ? Marks.NONE : Long.toString(point.n()));
    return raw.stream().map(safe).toList();
  }

  private static List<String> with(List<String> cells, String last) {
    List<String> more = new ArrayList<>(cells);
    more.add(last);
    return more;
  }

  private static List<String> notes(List<HistorySeries> all) {
    List<HistoryPoint> points = all.stream().flatMap(one -> one.points().stream()).toList();
    List<String> notes = new ArrayList<>();
    notes.add(
        "Points are sessions: machine, network and service drifted between them; no verdict is"
            + " given.");
    notes.add(
        "95% interval: of that session's streams, taken as independent; "
            + Marks.NONE
            + " where histograms support none.");
    if (points.stream().anyMatch(point -> StatisticText.isLate(point.note()))) {
      notes.add(Marks.LATE + ": the client read late.");
    }
    Set<String> remarks = new LinkedHashSet<>();
    for (HistoryPoint point : points) {
      List<String> ofRelease = point.release().remarks();
      if (!ofRelease.isEmpty()) {
        remarks.add(point.release().name() + ": " + String.join("; ", ofRelease) + ".");
      }
    }
    notes.addAll(remarks);
    return notes;
  }
}
