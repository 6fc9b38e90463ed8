package dev.latencylens.results.compare;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.stats.verdict.FailureComparison;

/**
 * The failures of two cells, compared apart from their times.
 *
 * @param baseline the cell that was there
 * @param candidate the cell that it is compared with
 * @param rates both shares with their intervals
 * @param p the p value of the found direction, adjusted over all pairs
 * @param finding what is said of it
 */
public record ComparedFailures(
    Cell baseline, Cell candidate, FailureComparison rates, double p, Finding finding) {

  /** What failures can be found to have done. */
  public enum Finding {
    /** The candidate fails more often, and chance is an unlikely cause. */
    WORSE("fails more"),
    /** The candidate fails less often, and chance is an unlikely cause. */
    BETTER("fails less"),
    /** No difference is shown. */
    NONE("no difference shown");

    private final String label;

    Finding(String label) {
      this.label = label;
    }

    /**
     * The words in tables and files.
     *
     * @return such as {@code fails more}
     */
    public String label() {
      return label;
    }
  }
}
