package dev.latencylens.results.figures;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One number of a cell, with all that it takes to read it alone. Immutable.
 *
 * @param metric what it is of, such as {@code ttft}
 * @param statistic which number of it: a percentile such as {@code p99}, or {@code max}, {@code
 *     sum}, {@code rate}, {@code share}
 * @param unit {@code ms}, {@code tokens}, {@code tokens/s}, {@code streams}, {@code streams/s},
 *     {@code USD}, or {@code 1} for a share
 * @param value the number; empty where there is none, and then a note says why
 * @param n how many readings it is made of, those that a deadline cut off included; empty where
 *     that is not counted
 * @param low the lower end of its interval; empty where there is none
 * @param high the upper end of its interval; empty where there is none, or it is censored
 * @param notes what is to be said of it: {@code late}, {@code few:n}, {@code censored:limit},
 *     {@code absent}, {@code partial:n}, {@code lengths_differ}, {@code estimated}, {@code
 *     not_met:n}
 */
public record Figure(
    String metric,
    String statistic,
    String unit,
    Optional<BigDecimal> value,
    OptionalLong n,
    Optional<BigDecimal> low,
    Optional<BigDecimal> high,
    List<String> notes) {

  /** Copies the list. */
  public Figure {
    notes = List.copyOf(notes);
  }
}
