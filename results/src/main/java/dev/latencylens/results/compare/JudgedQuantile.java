package dev.latencylens.results.compare;

import java.util.Locale;

/** The quantiles that are compared. */
public enum JudgedQuantile {
  /** The median. */
  P50(0.50),
  /** Nineteen in twenty are at most this. */
  P95(0.95),
  /** Ninety-nine in a hundred are at most this; judged only where the blocks tell enough. */
  P99(0.99);

  private final double quantile;

  JudgedQuantile(double quantile) {
    this.quantile = quantile;
  }

  /**
   * The share of values that do not exceed it.
   *
   * @return from 0 to 1
   */
  public double quantile() {
    return quantile;
  }

  /**
   * The name in tables and in the margins of a run.
   *
   * @return such as {@code p95}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
