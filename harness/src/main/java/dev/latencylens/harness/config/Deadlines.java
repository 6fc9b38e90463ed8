package dev.latencylens.harness.config;

import java.time.Duration;

/**
 * How long each phase of one stream may take, from {@link #SHORTEST} to {@link #LONGEST} each.
 * Where several could end a stream, the one that is due first does.
 *
 * @param connect from the release by the limiter until the request is written
 * @param firstByte from the start until the first byte of the body
 * @param firstToken from the start until the first content
 * @param idle the longest time without a byte of the body, from the first byte on
 * @param total from the start until the end of the response
 */
public record Deadlines(
    Duration connect, Duration firstByte, Duration firstToken, Duration idle, Duration total) {

  /** The shortest deadline that can be kept: timers are not finer. */
  public static final Duration SHORTEST = Duration.ofMillis(1);

  /** The longest deadline. */
  public static final Duration LONGEST = Duration.ofHours(24);

  /** What holds where the configuration says nothing: 5 s, 30 s, 30 s, 10 s and 120 s. */
  public static final Deadlines DEFAULT =
      new Deadlines(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(120));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a deadline is out of range
   */
  public Deadlines {
    check("connect", connect);
    check("first_byte", firstByte);
    check("first_token", firstToken);
    check("idle", idle);
    check("total", total);
  }

  private static void check(final String name, final Duration deadline) {
    if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the deadline " + name + " must be from " + SHORTEST + " to " + LONGEST);
    }
  }
}
