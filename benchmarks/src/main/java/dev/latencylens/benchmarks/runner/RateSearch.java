package dev.latencylens.benchmarks.runner;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Looks for the highest rate that still holds: first the lowest of the range, then the highest, and
 * then always the geometric mean of the highest that held and the lowest that did not. Not
 * thread-safe.
 */
final class RateSearch {
  /** Closer than this, more probes would tell of the noise. */
  private static final double RESOLUTION = 1.05;

  private final double from;
  private final double to;
  private final int mostProbes;
  private final List<Double> asked = new ArrayList<>();
  private OptionalDouble holds = OptionalDouble.empty();
  private OptionalDouble fails = OptionalDouble.empty();

  /**
   * Starts a search.
   *
   * @param from the lowest rate, above 0
   * @param to the highest, not below it
   * @param mostProbes how many rates may be tried, from 1
   */
  RateSearch(final double from, final double to, final int mostProbes) {
    this.from = from;
    this.to = to;
    this.mostProbes = mostProbes;
  }

  /** The rate to try next; empty if the search is over. */
  OptionalDouble next() {
    if (asked.size() >= mostProbes) {
      return OptionalDouble.empty();
    }
    if (asked.isEmpty()) {
      return OptionalDouble.of(from);
    }
    if (holds.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (fails.isEmpty()) {
      return holds.getAsDouble() < to ? OptionalDouble.of(to) : OptionalDouble.empty();
    }
    return fails.getAsDouble() / holds.getAsDouble() < RESOLUTION
        ? OptionalDouble.empty()
        : OptionalDouble.of(rounded(Math.sqrt(holds.getAsDouble() * fails.getAsDouble())));
  }

  /** To three digits: more would claim what no probe can tell. */
  private static double rounded(final double rate) {
    return BigDecimal.valueOf(rate).round(new MathContext(3)).doubleValue();
  }

  /** Takes the result of the rate that {@link #next} gave. */
  void tried(final double rate, final boolean held) {
    asked.add(rate);
    if (held) {
      holds = OptionalDouble.of(Math.max(rate, holds.orElse(0)));
    } else {
      fails = OptionalDouble.of(Math.min(rate, fails.orElse(Double.MAX_VALUE)));
    }
  }

  /** The highest rate that held; empty if none did. */
  OptionalDouble highest() {
    return holds;
  }
}
