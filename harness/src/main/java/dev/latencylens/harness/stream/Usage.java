package dev.latencylens.harness.stream;

import java.util.OptionalLong;

/**
 * Token counts as the provider reported them; what it did not report is absent.
 *
 * @param inputTokens tokens of the prompt, cached ones included
 * @param cachedInputTokens how many of the input tokens came from a prompt cache
 * @param outputTokens tokens generated, reasoning included
 * @param reasoningTokens how many of the output tokens were reasoning
 * @param unstreamedTokens how many of the output tokens were billed but never streamed (hidden
 *     reasoning); absent where the split can't be known, zero where nothing was held back
 * @param cacheWriteTokens how many of the input tokens were written to a prompt cache
 */
public record Usage(
    OptionalLong inputTokens,
    OptionalLong cachedInputTokens,
    OptionalLong outputTokens,
    OptionalLong reasoningTokens,
    OptionalLong unstreamedTokens,
    OptionalLong cacheWriteTokens) {

  /** No count at all. */
  public static final Usage UNKNOWN =
      new Usage(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  /** The counts of a service that does not tell what it wrote to a cache. */
  public Usage(
      final OptionalLong inputTokens,
      final OptionalLong cachedInputTokens,
      final OptionalLong outputTokens,
      final OptionalLong reasoningTokens,
      final OptionalLong unstreamedTokens) {
    this(
        inputTokens,
        cachedInputTokens,
        outputTokens,
        reasoningTokens,
        unstreamedTokens,
        OptionalLong.empty());
  }

  /**
   * The output tokens less those that were not streamed: the denominator of {@code tpot}.
   *
   * @return the count, or empty where usage or the split is unknown
   */
  public OptionalLong streamedTokens() {
    if (outputTokens.isEmpty() || unstreamedTokens.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(0, outputTokens.getAsLong() - unstreamedTokens.getAsLong()));
  }
}
