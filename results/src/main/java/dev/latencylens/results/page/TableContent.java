package dev.latencylens.results.page;

import java.util.List;

/**
 * A table of the page.
 *
 * @param caption what it holds
 * @param open whether it is shown at once, not only when it is asked for
 * @param names how many columns, from the left, name the row; the others hold figures
 * @param columns the headings
 * @param rows the texts, as many in each row as there are headings
 * @param bars for each row and column the length of a bar behind the figure, from 0 to 1, and below
 *     0 for none; empty for a table without bars
 */
record TableContent(
    String caption,
    boolean open,
    int names,
    List<String> columns,
    List<List<String>> rows,
    List<List<Double>> bars) {

  TableContent {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    bars = bars.stream().map(List::copyOf).toList();
  }

  /** A table without bars that is shown when it is asked for. */
  static TableContent folded(
      String caption, int names, List<String> columns, List<List<String>> rows) {
    return new TableContent(caption, false, names, columns, rows, List.of());
  }

  /** The same with the first rows alone, and a caption that says so. */
  TableContent withRowsUpTo(int most) {
    if (rows.size() <= most) {
      return this;
    }
    return new TableContent(
        caption + " (the first " + most + " of " + rows.size() + " rows)",
        open,
        names,
        columns,
        rows.subList(0, most),
        bars.subList(0, Math.min(most, bars.size())));
  }
}
