package dev.latencylens.results.table;

import dev.latencylens.results.run.LoadReading;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The columns about what was asked and whether it could be: the account, rates and goodput. */
final class LoadColumns {
  static final String NOT_MET = "‡";

  private static final List<Column> ACCOUNT =
      List.of(
          new Column("planned", row -> Long.toString(row.account().planned())),
          new Column("refused", row -> Long.toString(row.account().refused())),
          new Column("not started", row -> Long.toString(row.account().notStarted())));

  private static final List<Column> RATES =
      List.of(
          rate("offered/s", LoadReading::offeredPerSecond),
          rate("started/s", LoadReading::startedPerSecond),
          new Column(
              "achieved/s",
              row ->
                  number(row, LoadReading::achievedPerSecond)
                      + (row.load().filter(load -> !load.met()).isPresent() ? " " + NOT_MET : "")));

  private static final List<Column> GOODPUT =
      List.of(
          new Column("goodput share", row -> share(row.goodputShare())),
          new Column("goodput/s", row -> number(row.goodputPerSecond())));

  private LoadColumns() {}

  /** Whether some stream was held or might have been: else all queues are noise. */
  static boolean haveQueues(Summary summary) {
    return summary.rows().stream().anyMatch(row -> row.load().isPresent() || row.held() > 0);
  }

  /** Whether a row says anything of its load beyond what every closed loop does. */
  static boolean worthShowing(Summary summary) {
    return haveQueues(summary)
        || summary.rows().stream()
            .anyMatch(row -> row.account().refused() > 0 || row.account().notStarted() > 0);
  }

  /** The columns, in groups that belong side by side. */
  static List<List<Column>> of(Summary summary) {
    List<List<Column>> groups = new ArrayList<>(List.of(ACCOUNT));
    if (summary.rows().stream().anyMatch(row -> row.load().isPresent())) {
      groups.add(RATES);
    }
    if (!goodput(summary).isEmpty()) {
      groups.add(GOODPUT);
    }
    if (haveQueues(summary)) {
      groups.add(Column.of(Metric.RESPONSE_TTFT));
      groups.add(Column.of(Metric.QUEUE));
      groups.add(Column.of(Metric.START_ERROR));
    }
    return groups;
  }

  /** None where no objective was stated. */
  static List<Column> goodput(Summary summary) {
    return summary.manifest().objectives().isPresent() ? GOODPUT : List.of();
  }

  private static Column rate(String heading, ToDoubleFunction<LoadReading> value) {
    return new Column(heading, row -> number(row, value));
  }

  private static String number(SummaryRow row, ToDoubleFunction<LoadReading> value) {
    return row.load()
        .map(load -> Decimal.threeDigits(value.applyAsDouble(load)))
        .orElse(Column.NONE);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimal.threeDigits(value.getAsDouble()) : Column.NONE;
  }

  private static String share(OptionalDouble share) {
    return share.isPresent() ? Decimal.fixed(100 * share.getAsDouble(), 1) + "%" : Column.NONE;
  }
}
