package dev.latencylens.results.stats;

import java.util.Locale;

/** The percentiles that tables show. */
public enum Percentile {
  /** The median. */
  P50(0.50),
  /** Nine in ten are at most this. */
  P90(0.90),
  /** Ninety-nine in a hundred are at most this. */
  P99(0.99);

  private final double quantile;
  private final String label = name().toLowerCase(Locale.ROOT);

  Percentile(double quantile) {
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
   * The name in tables.
   *
   * @return such as {@code p99}
   */
  public String label() {
    return label;
  }
}
