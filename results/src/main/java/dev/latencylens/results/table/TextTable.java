package dev.latencylens.results.table;

import java.util.ArrayList;
import java.util.List;

/** Lays cells out in columns of fixed width. Stateless. */
public final class TextTable {
  private static final String BETWEEN = "  ";

  private TextTable() {}

  /** The width that each column needs. */
  static int[] widths(List<List<String>> cells) {
    int[] widths = new int[cells.get(0).size()];
    for (List<String> row : cells) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    return widths;
  }

  /**
   * How many columns of a terminal a whole line takes.
   *
   * @param cells rows of equally many cells, at least one row
   * @return columns
   */
  public static int lineWidth(List<List<String>> cells) {
    int sum = 0;
    for (int width : widths(cells)) {
      sum += width + BETWEEN.length();
    }
    return sum - BETWEEN.length();
  }

  /**
   * The cells as lines: the first column to the left, the others to the right.
   *
   * @param cells rows of equally many cells, at least one row; safe to print
   * @return whole lines, each with its end
   */
  public static String render(List<List<String>> cells) {
    int[] widths = widths(cells);
    StringBuilder text = new StringBuilder();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        line.append(column == 0 ? "" : BETWEEN)
            .append(pad(row.get(column), widths[column], column == 0));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /**
   * The cells as one table, or as several below each other where they are too wide for one, each of
   * which begins with the first column.
   *
   * @param cells rows of equally many cells, two or more, at least one row; safe to print
   * @param columns how wide a line should be at most; a single column that is wider stays whole
   * @return whole lines, each with its end, and an empty one between two tables
   */
  public static String renderParts(List<List<String>> cells, int columns) {
    StringBuilder text = new StringBuilder();
    int all = cells.get(0).size();
    int from = 1;
    while (from < all) {
      int to = from + 1;
      while (to < all && lineWidth(part(cells, from, to + 1)) <= columns) {
        to++;
      }
      text.append(from == 1 ? "" : "\n").append(render(part(cells, from, to)));
      from = to;
    }
    return text.toString();
  }

  private static List<List<String>> part(List<List<String>> cells, int from, int to) {
    return cells.stream()
        .map(
            row -> {
              List<String> part = new ArrayList<>(row.subList(0, 1));
              part.addAll(row.subList(from, to));
              return part;
            })
        .toList();
  }

  static String pad(String text, int width, boolean toTheLeft) {
    String blanks = " ".repeat(Math.max(0, width - width(text)));
    return toTheLeft ? text + blanks : blanks + text;
  }

  /**
   * Columns that a terminal gives a text: two for East Asian wide characters, none for accents.
   *
   * @param text safe to print
   * @return columns
   */
  public static int width(String text) {
    return text.codePoints().map(TextTable::width).sum();
  }

  static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(character) ? 2 : 1;
  }

  private static boolean isWide(int character) {
    return Character.isIdeographic(character)
        || (character >= 0x1100 && character <= 0x115F)
        || (character >= 0x3000 && character <= 0x30FF)
        || (character >= 0xAC00 && character <= 0xD7A3)
        || (character >= 0xFF01 && character <= 0xFF60)
        || (character >= 0x1F300 && character <= 0x1FAFF);
  }
}
