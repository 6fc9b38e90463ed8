package dev.latencylens.results.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.results.run.Subjects;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of an audit log as a table for a terminal: a log from elsewhere can do no more than be
 * read. It does not verify.
 */
final class AuditTable {
  private static final String BETWEEN = "  ";
  private static final int WIDEST = 48;

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Long> unreadable = new ArrayList<>();
  private final Map<String, String> users = new HashMap<>();
  private final Path run;
  private long number;

  private AuditTable(Path run) {
    this.run = run;
  }

  /**
   * Reads a log.
   *
   * @param run the run directory
   * @param event the event whose lines are wanted; all if empty
   */
  static AuditTable read(Path run, Optional<String> event) throws IOException {
    AuditTable table = new AuditTable(run);
    try (LineReader reader = LineReader.open(run.resolve(AuditFile.NAME))) {
      Optional<LineReader.Line> line = reader.next();
      while (line.isPresent()) {
        table.add(line.get(), event);
        line = reader.next();
      }
    }
    return table;
  }

  /** The numbers of lines that can't be shown. */
  List<Long> unreadable() {
    return unreadable;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  private void add(LineReader.Line line, Optional<String> event) throws IOException {
    number++;
    Optional<ChainedLine> read = ChainedLine.read(line.bytes());
    if (read.isEmpty()) {
      unreadable.add(number);
      return;
    }
    if (event.isPresent() && !read.get().text(AuditEntry.EVENT).equals(event.get())) {
      return;
    }
    List<String> row = new ArrayList<>();
    row.add(Long.toString(number));
    row.add(read.get().text(AuditEntry.TIMESTAMP));
    row.add(read.get().text(AuditEntry.EVENT));
    for (AuditField field : AuditField.values()) {
      row.add(cell(field, read.get().fields().path(field.wireName())));
    }
    rows.add(row.stream().map(AuditTable::safe).toList());
  }

  private String cell(AuditField field, JsonNode value) throws IOException {
    if (value.isArray()) {
      List<String> names = new ArrayList<>();
      value.forEach(name -> names.add(name.asText()));
      return String.join(" ", names);
    }
    return field == AuditField.USER_ID ? user(value.asText()) : value.asText();
  }

  /** Who it was, as long as the run knows. */
  private String user(String pseudonym) throws IOException {
    Optional<String> known = Optional.ofNullable(users.get(pseudonym));
    if (pseudonym.isEmpty() || known.isPresent()) {
      return known.orElse("");
    }
    String user = Subjects.of(run).id(pseudonym).orElse(pseudonym);
    users.put(pseudonym, user);
    return user;
  }

  private static String safe(String text) {
    String safe = TerminalSummary.safe(List.of(text)).get(0);
    return safe.length() <= WIDEST ? safe : safe.substring(0, WIDEST - 1) + "…";
  }

  /** The table with a head line; columns that no line uses are left out. */
  String render() {
    List<List<String>> cells = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("line", AuditEntry.TIMESTAMP, AuditEntry.EVENT));
    Arrays.stream(AuditField.values()).map(AuditField::wireName).forEach(head::add);
    cells.add(head);
    cells.addAll(rows);
    int[] widths = new int[head.size()];
    for (int column = 0; column < widths.length; column++) {
      int at = column;
      boolean used = rows.stream().anyMatch(row -> !row.get(at).isEmpty());
      widths[column] =
          used ? cells.stream().mapToInt(row -> row.get(at).length()).max().orElse(0) : 0;
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        if (widths[column] > 0) {
          String cell = row.get(column);
          line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(BETWEEN);
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
