package dev.latencylens.results.table;

import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.math.BigDecimal;
import java.util.Arrays;
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
public record Column(String heading, Function<SummaryRow, String> text) {
  static final String LATE = Marks.LATE;
  static final String NONE = Marks.NONE;
  static final String NO_COST = "n/a";
  private static final double NANOS_PER_MILLI = 1e6;

  /** Streams started. */
  public static final Column STREAMS = new Column("streams", row -> Long.toString(row.streams()));

  /** Those of them that did not end as {@code complete}. */
  public static final Column ERRORS = new Column("errors", row -> Long.toString(row.errors()));

  static final Column INPUT_TOKENS =
      new Column("input tokens p50", row -> words(row.inputTokens(), Decimal::count));

  /** Output tokens at the median. */
  public static final Column OUTPUT_TOKENS =
      new Column("output tokens p50", row -> words(row.outputTokens(), Decimal::count));

  static final Column OUTPUT_TOKENS_SHORT = new Column("output tokens", OUTPUT_TOKENS.text());
  private static final Column COST = new Column("cost USD", row -> money(row.cost().totalUsd()));
  private static final Column COST_PER_STREAM =
      new Column("cost/stream p50", row -> money(row.cost().perStreamP50Usd()));
  static final Column COALESCED = new Column("coalesced", Column::coalesced);

  /**
   * What the streams cost.
   *
   * @param summary the run
   * @return two columns; none where no row has a cost, as with the simulator
   */
  public static List<Column> cost(Summary summary) {
    return summary.rows().stream().anyMatch(row -> row.cost().totalUsd().isPresent())
        ? List.of(COST, COST_PER_STREAM)
        : List.of();
  }

  /** The three percentiles of a metric. */
  static List<Column> of(Metric metric) {
    return Arrays.stream(Percentile.values()).map(percentile -> of(metric, percentile)).toList();
  }

  /**
   * One percentile of a metric.
   *
   * @param metric which
   * @param percentile which
   * @return a column with three significant digits, and a mark where the client was late
   */
  public static Column of(Metric metric, Percentile percentile) {
    return new Column(
        metric.label() + " " + percentile.label(),
        row -> {
          String number =
              words(
                  row.statistic(metric, percentile),
                  value -> Decimal.threeDigits(metric.inTableUnit(value)));
          return row.late(metric, percentile) ? number + " " + LATE : number;
        });
  }

  /**
   * The instrument's error at two percentiles, and its largest.
   *
   * @param heading what the columns are called
   * @return three columns, in milliseconds
   */
  public static List<Column> instrumentError(String heading) {
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

  /**
   * A statistic in words and marks.
   *
   * @param statistic the statistic
   * @param number how to write its number
   * @return the number, or why there is none
   */
  public static String words(Statistic statistic, DoubleFunction<String> number) {
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
