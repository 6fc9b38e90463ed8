package dev.latencylens.results.page;

import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.RowNames;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SummaryRow;
import java.util.List;

/**
 * What sections are made of.
 *
 * @param run where the run is
 * @param summary its figures, as they stand in the tables
 * @param names what its rows are called
 */
record PageSource(RunDirectory run, Summary summary, RowNames names) {
  /** More than these can't be told apart in one plot; the tables have them all. */
  static final int MOST_DRAWN = 40;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final int DECIMALS = 3;

  static PageSource of(RunDirectory run, Summary summary) {
    return new PageSource(run, summary, RowNames.of(summary.rows()));
  }

  String name(SummaryRow row) {
    return names.name(row);
  }

  /** The cells that plots show. */
  List<SummaryRow> drawn() {
    List<SummaryRow> rows = summary.rows();
    return rows.subList(0, Math.min(MOST_DRAWN, rows.size()));
  }

  /** What must be said where plots don't show all cells: one sentence, or none. */
  List<String> drawnNote() {
    int all = summary.rows().size();
    return all <= MOST_DRAWN
        ? List.of()
        : List.of("Drawn are the first " + MOST_DRAWN + " of " + all + " cells.");
  }

  /** Milliseconds with the decimals that {@code summary.csv} has. */
  static double millis(double nanos) {
    return rounded(nanos / NANOS_PER_MILLI);
  }

  /** A number with the decimals that {@code summary.csv} has. */
  static double rounded(double value) {
    return Double.parseDouble(Decimal.fixed(value, DECIMALS));
  }

  /** Whole nanoseconds as milliseconds, as they stand in a table. */
  static String millisText(long nanos) {
    return millisText((double) nanos);
  }

  /** Milliseconds as they stand in a table. */
  static String millisText(double nanos) {
    return Decimal.fixed(nanos / NANOS_PER_MILLI, DECIMALS);
  }
}
