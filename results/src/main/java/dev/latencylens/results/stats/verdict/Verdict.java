package dev.latencylens.results.stats.verdict;

import java.util.Locale;

/** What a planned comparison found about the candidate. */
public enum Verdict {
  /** By at least the margin, and chance is an unlikely cause. */
  SLOWER,
  /** By at least the mirrored margin, and chance is an unlikely cause. */
  FASTER,
  /** Both bounds of the effect lie within the margin. */
  SAME,
  /** None of the others can be said. */
  INCONCLUSIVE;

  /**
   * The word in tables and files.
   *
   * @return such as {@code slower}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
