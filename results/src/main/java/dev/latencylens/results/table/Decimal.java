package dev.latencylens.results.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text: the same in every locale, never in exponents, never minus zero. Stateless. */
public final class Decimal {
  private static final int MOST_DIGITS = 3;

  private Decimal() {}

  /**
   * A number with a fixed count of decimals.
   *
   * @param value a finite number
   * @param decimals how many decimals, 0 or more
   * @return the number, rounded half up
   */
  public static String fixed(double value, int decimals) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    return rounded.toPlainString();
  }

  /**
   * A number with three significant digits, whole from 100 up, and three decimals at most.
   *
   * @param value a finite number
   * @return the number, rounded half up
   */
  public static String threeDigits(double value) {
    double size = Math.abs(value);
    // The bounds are where rounding carries into one more digit before the point.
    int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : MOST_DIGITS;
    return fixed(value, decimals);
  }

  /** All digits of a number, and none that say nothing. */
  static String exact(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Dollars with two decimals, or three significant digits where those say more. */
  static String money(BigDecimal usd) {
    BigDecimal cents = usd.setScale(2, RoundingMode.HALF_UP);
    BigDecimal digits =
        usd.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_UP)).stripTrailingZeros();
    return usd.signum() == 0
        ? "0"
        : (digits.scale() > cents.scale() ? digits : cents).toPlainString();
  }

  /** A number without decimals it does not need: the median of token counts. */
  static String count(double value) {
    return value == Math.rint(value) ? fixed(value, 0) : fixed(value, 1);
  }
}
