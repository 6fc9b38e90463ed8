package dev.latencylens.results.table;

import java.util.List;

/** Lays cells out as a table of Markdown that is readable as text too. Stateless. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /**
   * Renders a table.
   *
   * @param cells the heading, then the rows, of as many texts each, safe for Markdown
   * @param textColumns how many columns from the left hold words, which stand to the left; the
   *     others hold numbers
   * @return lines, each with its end
   */
  public static String render(List<List<String>> cells, int textColumns) {
    int[] widths = TextTable.widths(cells);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      text.append('|');
      for (int c = 0; c < widths.length; c++) {
        text.append(' ')
            .append(TextTable.pad(cells.get(i).get(c), widths[c], c < textColumns))
            .append(" |");
      }
      text.append('\n');
      if (i == 0) {
        text.append(rule(widths, textColumns)).append('\n');
      }
    }
    return text.toString();
  }

  private static String rule(int[] widths, int textColumns) {
    StringBuilder rule = new StringBuilder("|");
    for (int c = 0; c < widths.length; c++) {
      rule.append(c < textColumns ? ":" : "-")
          .append("-".repeat(widths[c]))
          .append(c < textColumns ? "-" : ":")
          .append('|');
    }
    return rule.toString();
  }
}
