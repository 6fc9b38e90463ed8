package dev.latencylens.results.inspect;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.LongGap;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.OutcomeHints;
import dev.latencylens.results.table.Paragraph;
import dev.latencylens.results.table.TerminalSummary;
import dev.latencylens.results.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An inspection for a terminal: plain text without colours, in lines of a given width. */
final class InspectionText {
  private static final int LONGEST_CELL = 20;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Inspection inspection;
  private final int columns;
  private final StringBuilder out = new StringBuilder();

  private InspectionText(Inspection inspection, int columns) {
    this.inspection = inspection;
    this.columns = columns;
  }

  /**
   * Renders an inspection.
   *
   * @param columns the most columns of a line, 60 or more
   */
  static String render(Inspection inspection, int columns) {
    InspectionText text = new InspectionText(inspection, columns);
    text.head();
    if (!inspection.streams().isEmpty()) {
      text.streams();
      text.facts();
      text.gaps();
      text.failures();
      text.rounds();
      text.notes();
    }
    return text.out.toString();
  }

  private void head() {
    Selection asked = inspection.selection();
    StringBuilder line = new StringBuilder(inspection.manifest().name()).append(": ");
    if (asked.stream().isPresent()) {
      line.append("the stream ").append(asked.stream().get());
    } else {
      line.append(inspection.streams().size())
          .append(" of ")
          .append(inspection.matching())
          .append(" streams");
      asked.cell().ifPresent(cell -> line.append(" of cell ").append(cell));
      asked.outcome().ifPresent(outcome -> line.append(" that ended as ").append(outcome));
      line.append(", the slowest by ").append(asked.ranking().metric()).append(" first");
    }
    paragraph(line.append('.').toString());
    for (Cell cell : inspection.manifest().cells()) {
      if (inspection.streams().stream().anyMatch(stream -> stream.cell().equals(cell.id()))) {
        paragraph(cell.id() + ": " + described(cell));
      }
    }
  }

  private static String described(Cell cell) {
    List<String> parts = new ArrayList<>(List.of(cell.target()));
    String model = cell.provider() + "/" + cell.model();
    if (!model.equals(cell.target())) {
      parts.add(model);
    }
    parts.addAll(List.of(cell.workload(), cell.load(), cell.connection(), cell.arm()));
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
  }

  private void streams() {
    List<List<String>> table = new ArrayList<>();
    List<StreamColumn> all = new ArrayList<>(StreamColumn.all(inspection.selection().ranking()));
    if (inspection.streams().stream().map(StreamLine::cell).distinct().count() == 1) {
      // It stands above the table.
      all.remove(0);
    }
    List<String> heading = new ArrayList<>(List.of("stream"));
    all.forEach(column -> heading.add(column.heading()));
    table.add(heading);
    for (StreamLine line : inspection.streams()) {
      List<String> row = new ArrayList<>(List.of(cut(line.stream())));
      all.forEach(column -> row.add(cut(column.text().apply(line))));
      table.add(row);
    }
    tables(table);
  }

  private void facts() {
    if (inspection.selection().stream().isPresent()) {
      out.append('\n');
      StreamFacts.of(inspection.streams().get(0)).forEach(fact -> paragraph("- " + fact));
    }
  }

  private void gaps() {
    List<StreamLine> placed =
        inspection.streams().stream().filter(line -> !line.longestGaps().isEmpty()).toList();
    if (placed.isEmpty()) {
      return;
    }
    List<List<String>> table = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("longest gaps"));
    for (int place = 1; place <= LongGap.MOST; place++) {
      heading.addAll(List.of("gap", "after", "before event"));
    }
    table.add(heading);
    for (StreamLine line : placed) {
      List<String> row = new ArrayList<>(List.of(cut(line.stream())));
      for (int place = 0; place < LongGap.MOST; place++) {
        if (place < line.longestGaps().size()) {
          LongGap gap = line.longestGaps().get(place);
          row.add(millis(OptionalDouble.of(gap.nanos() / NANOS_PER_MILLI)));
          row.add(millis(OptionalDouble.of(gap.afterNanos() / NANOS_PER_MILLI)));
          row.add(Long.toString(gap.event()));
        } else {
          row.addAll(List.of(StreamColumn.NONE, StreamColumn.NONE, StreamColumn.NONE));
        }
      }
      table.add(row);
    }
    tables(table);
  }

  /** What the streams that did not end properly said, and what to do. */
  private void failures() {
    TreeMap<String, String> sentences = new TreeMap<>();
    for (StreamLine line : inspection.streams()) {
      if (!line.outcome().equals("complete")) {
        line.text(StreamText.ERROR)
            .ifPresent(error -> sentences.putIfAbsent(line.outcome() + " " + error, ""));
        sentences.putIfAbsent(
            line.outcome(), OutcomeHints.of(line.outcome()).orElse("not known to this version"));
      }
    }
    if (!sentences.isEmpty()) {
      out.append('\n');
      sentences.forEach(
          (what, hint) -> paragraph("- " + what + (hint.isEmpty() ? "" : ": " + hint)));
    }
  }

  private void rounds() {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of(
            "round",
            "gc",
            "gc ms",
            "safepoint max",
            "hiccup p99",
            "hiccup max",
            "steal",
            "error p50",
            "error max",
            "by"));
    inspection
        .rounds()
        .forEach(
            (number, health) ->
                table.add(
                    List.of(
                        Integer.toString(number),
                        count(health.figure("gc_count")),
                        millis(health.figure("gc_ms")),
                        millis(health.figure("safepoint_max_ms")),
                        millis(health.figure("hiccup_p99_ms")),
                        millis(health.figure("hiccup_max_ms")),
                        seconds(health.figure("steal_ticks")),
                        millis(health.errorP50Millis()),
                        millis(health.errorMaxMillis()),
                        health.errorSource())));
    tables(table);
  }

  private void notes() {
    out.append('\n');
    paragraph(
        "Times in ms from the actual start; setup is dns + connect + tls; steal is in s; error"
            + " is the instrument's own, by the canary or by the simulator's ledger.");
    if (inspection.streams().stream()
        .anyMatch(line -> line.gaps().isPresent() && line.longestGaps().isEmpty())) {
      paragraph("- Where in a stream its longest gaps were was not recorded in this run.");
    }
    if (inspection.streams().stream().anyMatch(inspection.selection().ranking()::isCensored)) {
      paragraph("- ≥: a deadline cut the stream off before it had this time.");
    }
    if (inspection.unranked() > 0) {
      paragraph(
          "- Without a "
              + inspection.selection().ranking().metric()
              + ", and so not ranked: "
              + inspection.unranked()
              + "; --by total shows them.");
    }
  }

  private void tables(List<List<String>> cells) {
    out.append('\n').append(TextTable.renderParts(cells, columns));
  }

  private static String millis(OptionalDouble value) {
    return value.isEmpty() ? StreamColumn.NONE : Decimal.threeDigits(value.getAsDouble());
  }

  private static String count(OptionalDouble value) {
    return value.isEmpty() ? StreamColumn.NONE : Decimal.fixed(value.getAsDouble(), 0);
  }

  /** Of Linux: USER_HZ ticks, a hundred of them a second; see proc(5). */
  private static String seconds(OptionalDouble ticks) {
    return ticks.isEmpty() ? StreamColumn.NONE : Decimal.fixed(ticks.getAsDouble() / 100, 2);
  }

  private static String cut(String raw) {
    String safe = TerminalSummary.safe(List.of(raw)).get(0);
    return safe.length() <= LONGEST_CELL ? safe : safe.substring(0, LONGEST_CELL - 1) + "…";
  }

  private void paragraph(String raw) {
    out.append(Paragraph.wrap(raw, raw.startsWith("- ") ? "  " : "", columns));
  }
}
