package dev.latencylens.harness.provider.generic;

import dev.latencylens.harness.provider.TokenCounts;

/** What is known of reasoning that a service counts: is it part of the stream? */
enum HiddenReasoning {
  /** All of it is streamed. */
  NONE,
  /** None of it is streamed. */
  ALL,
  /** Nobody said: whether it is shows in the stream, if at all. */
  UNSAID;

  /**
   * How many output tokens were never streamed.
   *
   * @param reasoningTokens the count or {@link TokenCounts#UNKNOWN}
   * @param reasoningSeen whether the stream had reasoning in it
   * @return a count or {@link TokenCounts#UNKNOWN}
   */
  long unstreamed(final long reasoningTokens, final boolean reasoningSeen) {
    return switch (this) {
      case NONE -> 0;
      case ALL -> reasoningTokens;
      // A service that streams reasoning streams it whole; one that counts none held none back.
      case UNSAID -> reasoningSeen || reasoningTokens <= 0 ? 0 : TokenCounts.UNKNOWN;
    };
  }
}
