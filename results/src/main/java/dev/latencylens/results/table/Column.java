package dev.latencylens.results.table;

import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * One column of a table for people: its heading, and a row's number in words and marks.
 *
 * @param heading the heading, without markup
 * @param text the row's text, without markup
 */
record Column(String heading, Function<SummaryRow, String> text) {
  static final String LATE = Marks.LATE;
  static final String NONE = Marks.NONE;
  static final String NO_COST = "n/a";
  private static final double NANOS_PER_MILLI = 1e6;

  static final Column STREAMS = new Column("streams", row -> Long.toString(row.streams()));
  static final Column ERRORS = new Column("errors", row -> Long.toString(row.errors()));
  static final Column INPUT_TOKENS =
      new Column("input tokens p50", row -> words(row.inputTokens(), Decimal::count));
  static final Column OUTPUT_TOKENS =
      new Column("output tokens p50", row -> words(row.outputTokens(), Decimal::count));
  static final Column OUTPUT_TOKENS_SHORT = new Column("output tokens", OUTPUT_TOKENS.text());
  private static final Column COST = new Column("cost USD", row -> money(row.cost().totalUsd()));
  private static final Column COST_PER_STREAM =
      new Column("cost/stream p50", row -> money(row.cost().perStreamP50Usd()));
  static final Column COALESCED = new Column("coalesced", Column::coalesced);

  /** What the streams cost; nothing where no row has a cost, as with the simulator. */
  static List<Column> cost(Summary summary) {
    return summary.rows().stream().anyMatch(row -> row.cost().totalUsd().isPresent())
        ? List.of(COST, COST_PER_STREAM)
        : List.of();
  }

  /** The three percentiles of a metric. */
  static List<Column> of(Metric metric) {
    List<Column> columns = new ArrayList<>();
    for (Percentile percentile : Percentile.values()) {
      columns.add(
          new Column(
              metric.label() + " " + percentile.label(),
              row -> {
                String number =
                    words(
                        row.statistic(metric, percentile),
                        value -> Decimal.threeDigits(metric.inTableUnit(value)));
                return row.late(metric, percentile) ? number + " " + LATE : number;
              }));
    }
    return columns;
  }

  /** The instrument's error at two percentiles, and its largest. */
  static List<Column> instrumentError(String heading) {
    return List.of(
        instrumentError(heading, Percentile.P50),
        instrumentError(heading, Percentile.P99),
        new Column(
            heading + " max",
            row ->
                row.instrumentErrorMaxNanos().isPresent()
                    ? Decimal.threeDigits(
                        row.instrumentErrorMaxNanos().getAsDouble() / NANOS_PER_MILLI)
                    : NONE));
  }

  private static Column instrumentError(String heading, Percentile percentile) {
    return new Column(
        heading + " " + percentile.label(),
        row ->
            words(
                row.instrumentError(percentile),
                value -> Decimal.threeDigits(value / NANOS_PER_MILLI)));
  }

  private static String money(Optional<BigDecimal> usd) {
    return usd.map(Decimal::money).orElse(NO_COST);
  }

  private static String coalesced(SummaryRow row) {
    return row.coalescedShare().isPresent()
        ? Decimal.fixed(100 * row.coalescedShare().getAsDouble(), 1) + "%"
        : NONE;
  }

  private static String words(Statistic statistic, DoubleFunction<String> number) {
    if (statistic instanceof Statistic.Value value) {
      return number.apply(value.value());
    } else if (statistic instanceof Statistic.TooFew few) {
      return Marks.tooFew(Long.toString(few.n()));
    } else if (statistic instanceof Statistic.Censored censored) {
      return Marks.AT_LEAST + number.apply(censored.limit());
    }
    return NONE;
  }
}
