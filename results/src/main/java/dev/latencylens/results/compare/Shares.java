package dev.latencylens.results.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Shares and changes as people read them. */
final class Shares {
  private static final int DIGITS = 3;

  private Shares() {}

  /** A share such as 0.05 as {@code 5%}. */
  static String percent(double share) {
    return BigDecimal.valueOf(100 * share)
            .round(new MathContext(DIGITS, RoundingMode.HALF_UP))
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  /** A ratio such as 1.1 as {@code +10.0%}, in tenths of a percent. */
  static String change(double ratio) {
    BigDecimal tenths = BigDecimal.valueOf(100 * (ratio - 1)).setScale(1, RoundingMode.HALF_UP);
    return (tenths.signum() > 0 ? "+" : "") + tenths.toPlainString() + "%";
  }
}
