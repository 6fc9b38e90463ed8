package dev.latencylens.results.history;

import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.Marks;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/** A published number in the words and marks of the tables for people. Stateless. */
final class StatisticText {
  private static final String FEW = "few:";
  private static final String CENSORED = "censored:";
  private static final String LATE = "late";

  private StatisticText() {}

  /**
   * A percentile.
   *
   * @param value what its cell holds
   * @param note what the notes say of it
   */
  static String of(OptionalDouble value, Optional<String> note) {
    String said = note.orElse("");
    if (value.isPresent()) {
      return Decimal.threeDigits(value.getAsDouble()) + (isLate(note) ? " " + Marks.LATE : "");
    } else if (said.startsWith(FEW)) {
      return Marks.tooFew(said.substring(FEW.length()));
    } else if (said.startsWith(CENSORED)) {
      return atLeast(said.substring(CENSORED.length()));
    }
    return Marks.NONE;
  }

  private static String atLeast(String limit) {
    try {
      return Marks.AT_LEAST + Decimal.threeDigits(new BigDecimal(limit).doubleValue());
    } catch (NumberFormatException e) {
      return Marks.NONE;
    }
  }

  /** Whether the notes say that the client read late. */
  static boolean isLate(Optional<String> note) {
    return note.filter(LATE::equals).isPresent();
  }

  /** An interval. */
  static String interval(OptionalDouble low, OptionalDouble high) {
    if (low.isPresent() && high.isPresent()) {
      return Decimal.threeDigits(low.getAsDouble())
          + " to "
          + Decimal.threeDigits(high.getAsDouble());
    }
    return low.isPresent() ? Marks.AT_LEAST + Decimal.threeDigits(low.getAsDouble()) : Marks.NONE;
  }
}
