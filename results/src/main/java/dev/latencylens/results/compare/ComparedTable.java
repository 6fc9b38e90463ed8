package dev.latencylens.results.compare;

import dev.latencylens.results.stats.verdict.FailureComparison.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table of a comparison, for whoever shows one. All texts are raw, not yet safe to print.
 *
 * @param title what it holds
 * @param textColumns how many columns, from the left, hold words; the others hold figures
 * @param columns the headings
 * @param rows the texts, as many in each row as there are headings
 */
public record ComparedTable(
    String title, int textColumns, List<String> columns, List<List<String>> rows) {

  private static final List<String> VALUES =
      List.of("baseline ms", "candidate ms", "change (90% bounds)");

  /** Copies the lists. */
  public ComparedTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * What the run was planned to judge.
   *
   * @param comparison what came of it
   * @return the verdicts; empty where none was planned
   */
  public static Optional<ComparedTable> verdicts(CellComparison comparison) {
    List<String> columns = new ArrayList<>(List.of("cells", "statistic", "verdict", "instrument"));
    columns.addAll(VALUES);
    columns.addAll(List.of("p", "detectable"));
    List<List<String>> rows = new ArrayList<>();
    for (ComparedQuantile row : comparison.planned()) {
      List<String> line =
          new ArrayList<>(
              List.of(
                  RowText.cells(row),
                  row.statistic(),
                  RowText.standing(row),
                  RowText.instrument(row)));
      values(row, line);
      line.add(RowText.p(row));
      line.add(RowText.detectable(row));
      rows.add(line);
    }
    return table("Verdicts", 4, columns, rows);
  }

  /**
   * How often the compared cells failed.
   *
   * @param comparison what came of it
   * @return the failures of each pair; empty where nothing could be counted
   */
  public static Optional<ComparedTable> failures(CellComparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    for (ComparedFailures each : comparison.failures()) {
      rows.add(
          List.of(
              ComparedNames.change(each.baseline(), each.candidate()),
              each.finding().label(),
              rate(each.rates().baseline()),
              rate(each.rates().candidate()),
              RowText.p(each.p())));
    }
    return table(
        "Failures",
        2,
        List.of("cells", "finding", "baseline failed", "candidate failed", "p"),
        rows);
  }

  /** What is only shown. */
  static Optional<ComparedTable> others(CellComparison comparison) {
    boolean unpaired =
        comparison.others().stream().anyMatch(row -> row.standing() == Standing.UNPAIRED);
    List<String> columns = new ArrayList<>(List.of("cells", "statistic", "instrument"));
    columns.addAll(VALUES);
    if (!unpaired) {
      columns.add("p");
    }
    List<List<String>> rows = new ArrayList<>();
    for (ComparedQuantile row : comparison.others()) {
      List<String> line =
          new ArrayList<>(List.of(RowText.cells(row), row.statistic(), RowText.instrument(row)));
      values(row, line);
      if (!unpaired) {
        line.add(RowText.p(row));
      }
      rows.add(line);
    }
    return table(unpaired ? "Unpaired" : "Exploratory: not planned, not judged", 3, columns, rows);
  }

  private static Optional<ComparedTable> table(
      String title, int textColumns, List<String> columns, List<List<String>> rows) {
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new ComparedTable(title, textColumns, columns, rows));
  }

  private static void values(ComparedQuantile row, List<String> line) {
    line.add(RowText.value(row.metric(), row.before()));
    line.add(RowText.value(row.metric(), row.after()));
    line.add(RowText.change(row));
  }

  private static String rate(Rate rate) {
    return String.format(
        Locale.ROOT,
        "%d of %d (%s to %s)",
        rate.failed(),
        rate.requests(),
        Shares.percent(rate.low()),
        Shares.percent(rate.high()));
  }
}
