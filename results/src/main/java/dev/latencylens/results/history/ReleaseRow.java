package dev.latencylens.results.history;

import dev.latencylens.results.run.Cell;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One row of a published {@code summary.csv}.
 *
 * @param cell what the row is about, as the manifest has it
 * @param values the cells of the row by column
 * @param notes what stands in the column {@code notes}, by what it is about, such as {@code
 *     ttft_p50} to {@code late}
 */
public record ReleaseRow(Cell cell, Map<String, String> values, Map<String, String> notes) {
  private static final String TIMEOUTS = "outcome_timeout_";

  /** Copies the maps. */
  public ReleaseRow {
    values = Map.copyOf(values);
    notes = Map.copyOf(notes);
  }

  /** Takes a row apart. */
  static ReleaseRow of(Cell cell, Map<String, String> values, String notes) {
    Map<String, String> parts = new TreeMap<>();
    for (String note : notes.split(";", -1)) {
      int equals = note.indexOf('=');
      if (equals > 0) {
        parts.put(note.substring(0, equals), note.substring(equals + 1));
      }
    }
    return new ReleaseRow(cell, values, parts);
  }

  /**
   * The number of a column.
   *
   * @param column its name
   * @return the number, or empty where the cell is empty or of no use
   */
  public OptionalDouble number(String column) {
    String text = text(column);
    try {
      double value = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /**
   * The text of a column.
   *
   * @param column its name
   * @return as it stands in the file; empty where there is none
   */
  public String text(String column) {
    return values.getOrDefault(column, "");
  }

  /**
   * What is noted of a statistic.
   *
   * @param statistic such as {@code ttft_p50}
   * @return such as {@code few:80}, or empty where nothing is noted
   */
  public Optional<String> note(String statistic) {
    return Optional.ofNullable(notes.get(statistic));
  }

  /** How many streams were started. */
  long streams() {
    return (long) number("streams").orElse(0);
  }

  /** How many of them did not end as {@code complete}. */
  long errors() {
    return (long) number("errors").orElse(0);
  }

  /** How many of them a deadline cut off. */
  long timeouts() {
    long sum = 0;
    for (Map.Entry<String, String> note : notes.entrySet()) {
      if (note.getKey().startsWith(TIMEOUTS) && note.getValue().matches("[0-9]{1,15}")) {
        sum += Long.parseLong(note.getValue());
      }
    }
    return sum;
  }
}
