package dev.latencylens.harness.limit;

import java.util.Locale;

/**
 * What held a request back.
 *
 * @param gate the gate's name
 * @param limit which of its limits
 */
public record HeldBy(String gate, Limit limit) {

  /** The limits of a gate. */
  public enum Limit {
    /** The service asked for a pause. */
    PAUSE,
    /** As many streams as allowed were in flight. */
    STREAMS_IN_FLIGHT,
    /** Requests per second, and their burst. */
    REQUESTS_PER_SECOND,
    /** Requests per minute. */
    REQUESTS_PER_MINUTE,
    /** Tokens per minute. */
    TOKENS_PER_MINUTE;

    /**
     * The limit as configuration and tables write it.
     *
     * @return such as {@code requests_per_second}
     */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Both in one.
   *
   * @return such as {@code target x:requests_per_second}
   */
  public String label() {
    return gate + ":" + limit.wireName();
  }
}
