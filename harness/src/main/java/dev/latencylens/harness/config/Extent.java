package dev.latencylens.harness.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a schedule ends: after a number of starts, after a time, whichever comes first, or with the
 * law itself where that has an end.
 *
 * @param starts the most starts, from 1 to {@link #MOST_STARTS}
 * @param duration the longest window; a start at its very end is outside
 */
public record Extent(OptionalInt starts, Optional<Duration> duration) {

  /** The most starts of one schedule; they take 48 MB. */
  public static final int MOST_STARTS = 6_000_000;

  /** The longest window. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** As far as the law goes: for {@link Arrivals.Steps} and {@link Arrivals.Trace}. */
  public static final Extent WHOLE = new Extent(OptionalInt.empty(), Optional.empty());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Extent {
    starts.ifPresent(
        count -> {
          if (count < 1 || count > MOST_STARTS) {
            throw new IllegalArgumentException(
                "a schedule has from 1 to " + MOST_STARTS + " starts");
          }
        });
    duration.ifPresent(Extent::requireDuration);
  }

  /**
   * So many starts.
   *
   * @param count from 1
   * @return the extent
   */
  public static Extent starts(final int count) {
    return new Extent(OptionalInt.of(count), Optional.empty());
  }

  /**
   * So long.
   *
   * @param duration above 0, up to {@link #LONGEST}
   * @return the extent
   */
  public static Extent lasting(final Duration duration) {
    return new Extent(OptionalInt.empty(), Optional.of(duration));
  }

  /**
   * Reads a duration as the configuration writes it.
   *
   * @param text such as {@code 30s}, {@code 500ms} or {@code 2m}
   * @return the duration; empty if the text is none, or it is out of range
   */
  public static Optional<Duration> parse(final String text) {
    return Quantities.duration(text)
        .filter(read -> !read.isNegative() && !read.isZero() && read.compareTo(LONGEST) <= 0);
  }

  /**
   * Checks a duration.
   *
   * @param duration of a load or a step of it
   * @throws IllegalArgumentException if it is not above 0, or above {@link #LONGEST}
   */
  public static void requireDuration(final Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a duration of load must be above 0, up to " + LONGEST);
    }
  }
}
