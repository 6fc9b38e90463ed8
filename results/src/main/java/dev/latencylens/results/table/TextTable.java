package dev.latencylens.results.table;

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

  /** How many columns of a terminal a whole line takes. */
  static int lineWidth(List<List<String>> cells) {
    int sum = 0;
    for (int width : widths(cells)) {
      sum += width + BETWEEN.length();
    }
    return sum - BETWEEN.length();
  }

  /**
   * The cells as lines: the first column to the left, the others to the right.
   *
   * @param cells rows of as many texts each, safe for a terminal; one row at least
   * @return lines, each with its end
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

  static String pad(String text, int width, boolean toTheLeft) {
    String blanks = " ".repeat(Math.max(0, width - width(text)));
    return toTheLeft ? text + blanks : blanks + text;
  }

  /** Columns that a terminal gives a text: two for East Asian wide characters, none for accents. */
  static int width(String text) {
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
