package dev.latencylens.results.table;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.stats.Statistic;
import java.util.List;

/** Finds rows whose answers differ in length, so that their end-to-end times can't be compared. */
public final class AnswerLengths {
  private static final double TOLERATED_RATIO = 1.10;

  private AnswerLengths() {}

  /**
   * Whether another row of the same benchmark and workload differs by over 10%.
   *
   * @param row a row
   * @param rows all rows of its table
   * @return true if so; false where either count is not known
   */
  public static boolean differ(SummaryRow row, List<SummaryRow> rows) {
    return rows.stream()
        .filter(other -> comparable(row.cell(), other.cell()))
        .anyMatch(other -> ratio(row, other) > TOLERATED_RATIO);
  }

  private static boolean comparable(Cell cell, Cell other) {
    return cell.benchmark().equals(other.benchmark()) && cell.workload().equals(other.workload());
  }

  private static double ratio(SummaryRow row, SummaryRow other) {
    if (row.outputTokens() instanceof Statistic.Value a
        && other.outputTokens() instanceof Statistic.Value b) {
      double shorter = Math.min(a.value(), b.value());
      double longer = Math.max(a.value(), b.value());
      return shorter > 0 ? longer / shorter : longer > 0 ? Double.POSITIVE_INFINITY : 1;
    }
    return 1;
  }
}
