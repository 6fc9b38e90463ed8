package dev.latencylens.results.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What each outcome means to a person, for those who show a stream and no table. Stateless. */
public final class OutcomeHints {
  private OutcomeHints() {}

  /**
   * What happened, and what to do about it.
   *
   * @param outcome its name in files, such as {@code timeout_idle}
   * @return words without a full stop, or empty for a name that is not known here
   */
  public static Optional<String> of(String outcome) {
    return OutcomeText.of(outcome).map(OutcomeText::sentence);
  }

  /**
   * All outcomes.
   *
   * @return their names in files
   */
  public static List<String> known() {
    return Arrays.stream(OutcomeText.values()).map(OutcomeText::outcome).toList();
  }
}
