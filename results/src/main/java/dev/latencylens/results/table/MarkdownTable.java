package dev.latencylens.results.table;

import java.util.List;

/** A table of GitHub-flavoured Markdown, padded so that it is readable as text too. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /**
   * Renders cells that are safe to print already.
   *
   * @param cells the heading first; all rows of one length
   * @param textColumns how many columns from the left hold text; the others hold numbers, and are
   *     aligned to the right
   * @return lines, each with its end
   */
  public static String render(List<List<String>> cells, int textColumns) {
    int[] widths = TextTable.widths(cells);
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      table.append('|');
      for (int c = 0; c < widths.length; c++) {
        table
            .append(' ')
            .append(TextTable.pad(cells.get(i).get(c), widths[c], c < textColumns))
            .append(" |");
      }
      table.append('\n');
      if (i == 0) {
        rule(widths, textColumns, table);
      }
    }
    return table.toString();
  }

  private static void rule(int[] widths, int textColumns, StringBuilder table) {
    table.append('|');
    for (int c = 0; c < widths.length; c++) {
      boolean isText = c < textColumns;
      table
          .append(isText ? ":" : "-")
          .append("-".repeat(widths[c]))
          .append(isText ? "-" : ":")
          .append('|');
    }
    table.append('\n');
  }
}
