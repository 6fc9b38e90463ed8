package dev.latencylens.harness.provider;

import dev.latencylens.harness.stream.Usage;
import java.util.OptionalLong;

/**
 * Token counts of one stream while they are being gathered, so that a service which repeats them
 * with every event costs no object for each. Not thread-safe.
 */
public final class TokenCounts {
  /** A count that the service did not give. */
  public static final long UNKNOWN = JsonEvents.NO_COUNT;

  private long input = UNKNOWN;
  private long cachedInput = UNKNOWN;
  private long cacheWrite = UNKNOWN;
  private long output = UNKNOWN;
  private long reasoning = UNKNOWN;

  /** Makes counts that are all unknown. */
  public TokenCounts() {}

  /**
   * Adds two counts.
   *
   * @param one a count or {@link #UNKNOWN}
   * @param other a count or {@link #UNKNOWN}
   * @return the sum of those that are known; unknown where neither is
   */
  public static long sum(final long one, final long other) {
    if (one < 0 || other < 0) {
      return Math.max(one, other);
    }
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  /**
   * Sets the tokens of the prompt.
   *
   * @param tokens cached ones included; {@link #UNKNOWN} changes nothing
   */
  public void input(final long tokens) {
    input = tokens < 0 ? input : tokens;
  }

  /**
   * Sets the tokens that came from a prompt cache.
   *
   * @param tokens a part of the input; {@link #UNKNOWN} changes nothing
   */
  public void cachedInput(final long tokens) {
    cachedInput = tokens < 0 ? cachedInput : tokens;
  }

  /**
   * Sets the tokens that were written to a prompt cache.
   *
   * @param tokens a part of the input; {@link #UNKNOWN} changes nothing
   */
  public void cacheWrite(final long tokens) {
    cacheWrite = tokens < 0 ? cacheWrite : tokens;
  }

  /**
   * Sets the tokens generated.
   *
   * @param tokens reasoning included; {@link #UNKNOWN} changes nothing
   */
  public void output(final long tokens) {
    output = tokens < 0 ? output : tokens;
  }

  /**
   * Sets the tokens of reasoning.
   *
   * @param tokens a part of the output; {@link #UNKNOWN} changes nothing
   */
  public void reasoning(final long tokens) {
    reasoning = tokens < 0 ? reasoning : tokens;
  }

  /**
   * The tokens of reasoning.
   *
   * @return a count or {@link #UNKNOWN}
   */
  public long reasoning() {
    return reasoning;
  }

  /**
   * All counts.
   *
   * @param unstreamed how many of the output tokens were not streamed, or {@link #UNKNOWN}
   * @return the usage as known by now
   */
  public Usage toUsage(final long unstreamed) {
    return new Usage(
        optional(input),
        optional(cachedInput),
        optional(output),
        optional(reasoning),
        optional(unstreamed),
        optional(cacheWrite));
  }

  private static OptionalLong optional(final long count) {
    return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
