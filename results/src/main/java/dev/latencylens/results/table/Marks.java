package dev.latencylens.results.table;

/** The marks of the tables for people; a note below each table says what they mean. */
public final class Marks {
  /** After a number: the client read late. */
  public static final String LATE = "†";

  /** In place of a number: there is none. */
  public static final String NONE = "–";

  /** Before a number: a deadline cut streams off, and the true value is at least this. */
  public static final String AT_LEAST = "≥ ";

  /** After a number: the best of its column, as far as the run can tell. */
  public static final String BEST = "★";

  private Marks() {}

  /**
   * In place of a percentile that too few readings support.
   *
   * @param n how many readings there are
   * @return such as {@code n/a (n=80)}
   */
  public static String tooFew(String n) {
    return "n/a (n=" + n + ")";
  }
}
