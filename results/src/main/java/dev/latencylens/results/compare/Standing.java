package dev.latencylens.results.compare;

import dev.latencylens.results.stats.verdict.Verdict;
import java.util.Locale;

/** What is said of one compared quantile. */
public enum Standing {
  /** By at least the margin, and chance is an unlikely cause. */
  SLOWER,
  /** By at least the mirrored margin, and chance is an unlikely cause. */
  FASTER,
  /** Both bounds of the change lie within the margin. */
  SAME,
  /** Planned, and none of the others can be said. */
  INCONCLUSIVE,
  /** Shown only: so many blocks would miss a change of the margin more than once in five times. */
  NOT_GATED,
  /** The instrument was too late to say. */
  LATE,
  /** Not planned: shown for exploration. */
  EXPLORATORY,
  /** Of two sessions, which no test can tell from drift. */
  UNPAIRED;

  static Standing of(Verdict verdict) {
    return switch (verdict) {
      case SLOWER -> SLOWER;
      case FASTER -> FASTER;
      case SAME -> SAME;
      case INCONCLUSIVE -> INCONCLUSIVE;
    };
  }

  /**
   * The words in tables and files.
   *
   * @return such as {@code slower} or {@code not gated}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
