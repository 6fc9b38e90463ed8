package dev.latencylens.results.compare;

import dev.latencylens.results.stats.QuantileInterval;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.Metric;
import java.util.Locale;

/** The parts of a compared quantile as a person reads them. Raw text, not yet safe to print. */
public final class RowText {
  static final String NOTHING = "n/a";
  private static final double SMALLEST_SHOWN = 0.001;

  private RowText() {}

  /**
   * The cells: what they have in common, and from what to what.
   *
   * @param row what was compared
   * @return such as {@code gpt, closed 4 x 40: before to after}
   */
  public static String cells(ComparedQuantile row) {
    return ComparedNames.change(row.baseline(), row.candidate());
  }

  /** A value in the unit of the tables. */
  static String value(Metric metric, Statistic statistic) {
    if (statistic instanceof Statistic.Value value) {
      return Decimal.threeDigits(metric.inTableUnit(value.value()));
    }
    return statistic instanceof Statistic.Censored limit
        ? "≥ " + Decimal.threeDigits(metric.inTableUnit(limit.limit()))
        : NOTHING;
  }

  /** The quantile over the streams of all blocks, with its interval. */
  static String pooled(Metric metric, PooledQuantile pooled) {
    return value(metric, pooled.value()) + " " + bounds(metric, pooled.interval());
  }

  private static String bounds(Metric metric, QuantileInterval interval) {
    String low =
        interval.low().isPresent()
            ? Decimal.threeDigits(metric.inTableUnit(interval.low().getAsDouble()))
            : "?";
    String high =
        interval.high().isPresent()
            ? Decimal.threeDigits(metric.inTableUnit(interval.high().getAsDouble()))
            : "?";
    return "(" + low + " to " + high + ")";
  }

  /**
   * The change with its bounds.
   *
   * @param row what was compared
   * @return such as {@code +10.0% (+8.1% to +11.9%)}, or {@code n/a} where nothing could be paired
   */
  public static String change(ComparedQuantile row) {
    return row.change()
        .map(
            effect ->
                (row.after() instanceof Statistic.Censored ? "≥ " : "")
                    + Shares.change(effect.ratio())
                    + " ("
                    + Shares.change(effect.low())
                    + " to "
                    + Shares.change(effect.high())
                    + ")")
        .orElse(NOTHING);
  }

  /**
   * What is said of it, with the reason and what would settle it.
   *
   * @param row what was compared
   * @return such as {@code same} or {@code inconclusive: 24 blocks would settle it}
   */
  public static String standing(ComparedQuantile row) {
    StringBuilder text = new StringBuilder(row.standing().label());
    row.reason().ifPresent(reason -> text.append(": ").append(reason));
    if (row.settle().isPresent()) {
      text.append(row.reason().isPresent() ? "; " : ": ")
          .append(row.settle().getAsInt())
          .append(" blocks would settle it");
    }
    return text.toString();
  }

  /** The smallest change that would have been found. */
  static String detectable(ComparedQuantile row) {
    return row.detectable().isPresent() ? Shares.percent(row.detectable().getAsDouble()) : NOTHING;
  }

  static String p(ComparedQuantile row) {
    return row.p().isPresent() ? p(row.p().getAsDouble()) : NOTHING;
  }

  static String p(double p) {
    return p < SMALLEST_SHOWN ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  /** Whether the instrument could be trusted with it. */
  static String instrument(ComparedQuantile row) {
    return row.late() ? "late" : "ok";
  }
}
