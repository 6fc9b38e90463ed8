package dev.latencylens.results.table;

import dev.latencylens.results.stats.Statistic;
import java.util.Optional;

/** Why a table for programs has no number where one could stand. Stateless. */
public final class StatisticNote {
  /** There is no reading. */
  public static final String ABSENT = "absent";

  private StatisticNote() {}

  /**
   * Says why there is no number.
   *
   * @param statistic the statistic
   * @param unit what its number is multiplied by to be in the table's unit
   * @param decimals how many decimals the table has, from 0
   * @return {@code few:n}, {@code censored:limit} or {@value #ABSENT}; empty for a number
   */
  public static Optional<String> of(Statistic statistic, double unit, int decimals) {
    if (statistic instanceof Statistic.Value) {
      return Optional.empty();
    } else if (statistic instanceof Statistic.TooFew few) {
      return Optional.of("few:" + few.n());
    } else if (statistic instanceof Statistic.Censored censored) {
      return Optional.of("censored:" + Decimal.fixed(censored.limit() * unit, decimals));
    }
    return Optional.of(ABSENT);
  }
}
