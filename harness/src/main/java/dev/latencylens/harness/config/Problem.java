package dev.latencylens.harness.config;

import java.util.Comparator;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param line the line, from 1; 0 where the file as a whole is meant
 * @param column the column, from 1; 0 where the file as a whole is meant
 * @param message what is wrong and what to do; never holds a value that could be a key
 */
public record Problem(int line, int column, String message) implements Comparable<Problem> {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(final Problem other) {
    return BY_PLACE.compare(this, other);
  }
}
