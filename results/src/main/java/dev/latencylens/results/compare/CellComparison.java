package dev.latencylens.results.compare;

import java.util.List;

/**
 * What came of comparing cells.
 *
 * @param title what was compared with what
 * @param planned the quantiles that the run was planned to judge
 * @param others those that are only shown
 * @param failures the failures of each pair
 * @param notes what a reader must know, one sentence each
 */
public record CellComparison(
    String title,
    List<ComparedQuantile> planned,
    List<ComparedQuantile> others,
    List<ComparedFailures> failures,
    List<String> notes) {

  /** What a note begins with that tells of data which could not be used. */
  static final String WARNING = "Warning: ";

  /** Copies the lists. */
  public CellComparison {
    planned = List.copyOf(planned);
    others = List.copyOf(others);
    failures = List.copyOf(failures);
    notes = List.copyOf(notes);
  }

  /**
   * Whether the candidate is slower in anything, or fails more.
   *
   * @return true if so
   */
  public boolean worse() {
    return planned.stream().anyMatch(row -> row.standing() == Standing.SLOWER)
        || failures.stream().anyMatch(each -> each.finding() == ComparedFailures.Finding.WORSE);
  }

  /**
   * Whether something that was to be judged is not: for want of blocks, or of a punctual
   * instrument, or because the sessions differ.
   *
   * @return true if so
   */
  public boolean unsettled() {
    return planned.isEmpty()
        || planned.stream()
            .anyMatch(
                row -> row.standing() == Standing.INCONCLUSIVE || row.standing() == Standing.LATE);
  }
}
