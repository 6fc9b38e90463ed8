package dev.latencylens.results.stats;

/** One number of a table, or the reason why there is none. */
public sealed interface Statistic {

  /**
   * A number that the data supports.
   *
   * @param value the number, in the unit of the readings
   */
  record Value(double value) implements Statistic {}

  /**
   * Too few readings for this percentile.
   *
   * @param n how many there are
   * @param needed how many it takes, by {@link SampleSize}
   */
  record TooFew(long n, long needed) implements Statistic {}

  /**
   * The percentile falls among readings that a deadline cut off: it is at least the limit.
   *
   * @param limit the lower bound, in the unit of the readings
   */
  record Censored(double limit) implements Statistic {}

  /**
   * There is no reading at all.
   *
   * @param reason why, in a few words for a person
   */
  record Absent(String reason) implements Statistic {}
}
