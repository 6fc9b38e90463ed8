package dev.latencylens.harness.config;

import dev.latencylens.harness.stream.Usage;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a model's tokens cost. Money is in whole picodollars (1e-12 USD), in which a price per
 * million tokens with up to six decimals is exact. Immutable and thread-safe.
 *
 * @param providers the ids of the providers that sell the model at this price; at least one
 * @param model the model's id, or what it begins with and {@code *}
 * @param inputPicoUsd a token of the prompt that is in no cache, in picodollars
 * @param cachedInputPicoUsd a token of the prompt that came from a cache
 * @param cacheWritePicoUsd a token of the prompt that was written to a cache
 * @param outputPicoUsd a token of the output that is no reasoning
 * @param reasoningPicoUsd a token of the output that is reasoning
 * @param maxInputTokens the longest prompt, in tokens, that these prices hold for; empty where they
 *     hold for all
 * @param source the page that the prices were read from
 * @param date when they were read
 */
public record ModelPrice(
    List<String> providers,
    String model,
    long inputPicoUsd,
    long cachedInputPicoUsd,
    long cacheWritePicoUsd,
    long outputPicoUsd,
    long reasoningPicoUsd,
    OptionalLong maxInputTokens,
    URI source,
    LocalDate date) {

  private static final String ANY_ENDING = "*";

  /**
   * Copies the list and checks the ranges.
   *
   * @throws IllegalArgumentException if no provider is named or a price is negative
   */
  public ModelPrice {
    providers = List.copyOf(providers);
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("a price needs a provider");
    }
    if (inputPicoUsd < 0
        || cachedInputPicoUsd < 0
        || cacheWritePicoUsd < 0
        || outputPicoUsd < 0
        || reasoningPicoUsd < 0) {
      throw new IllegalArgumentException("a price must not be negative");
    }
  }

  /**
   * What a stream cost. Tokens that a cache served, or took, are a part of the input, and reasoning
   * is a part of the output: each token is counted once, at the price of its kind. Services leave
   * out a count of cached tokens that is zero, so where there is none nothing was cached.
   *
   * @param usage what the service counted
   * @return picodollars; empty where a count that is needed was not reported (input, output, and
   *     reasoning if that has a price of its own), where the counts contradict each other, or where
   *     the prompt is longer than the price holds for
   * @throws ArithmeticException if the cost exceeds what a long can hold, some nine million dollars
   */
  public OptionalLong costOf(final Usage usage) {
    if (usage.inputTokens().isEmpty()
        || usage.outputTokens().isEmpty()
        || (usage.reasoningTokens().isEmpty() && reasoningPicoUsd != outputPicoUsd)) {
      return OptionalLong.empty();
    }
    final long input = usage.inputTokens().getAsLong();
    final long cached = usage.cachedInputTokens().orElse(0);
    final long written = usage.cacheWriteTokens().orElse(0);
    final long plain = Math.subtractExact(Math.subtractExact(input, cached), written);
    final long reasoning = usage.reasoningTokens().orElse(0);
    final long answer = Math.subtractExact(usage.outputTokens().getAsLong(), reasoning);
    if (plain < 0 || answer < 0 || input > maxInputTokens.orElse(Long.MAX_VALUE)) {
      return OptionalLong.empty();
    }
    long cost = Math.multiplyExact(plain, inputPicoUsd);
    cost = Math.addExact(cost, Math.multiplyExact(cached, cachedInputPicoUsd));
    cost = Math.addExact(cost, Math.multiplyExact(written, cacheWritePicoUsd));
    cost = Math.addExact(cost, Math.multiplyExact(answer, outputPicoUsd));
    return OptionalLong.of(Math.addExact(cost, Math.multiplyExact(reasoning, reasoningPicoUsd)));
  }

  /**
   * The most that a request can cost: no token of its prompt comes from a cache, and all of its
   * input and output is of the dearer kind.
   *
   * @param inputTokens tokens of the prompt, 0 or more
   * @param outputTokens the most tokens of the output, reasoning included, 0 or more
   * @return picodollars
   * @throws IllegalArgumentException if a count is negative, or the prompt is longer than the price
   *     holds for
   * @throws ArithmeticException if the cost exceeds what a long can hold, some nine million dollars
   */
  public long worstCase(final long inputTokens, final long outputTokens) {
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException("a count of tokens must not be negative");
    }
    if (!holdsFor(inputTokens)) {
      throw new IllegalArgumentException(
          "the price of "
              + model
              + " holds for prompts of up to "
              + maxInputTokens.getAsLong()
              + " tokens: shorten the prompt, or name a price file with one for longer prompts");
    }
    return Math.addExact(
        Math.multiplyExact(inputTokens, Math.max(inputPicoUsd, cacheWritePicoUsd)),
        Math.multiplyExact(outputTokens, Math.max(outputPicoUsd, reasoningPicoUsd)));
  }

  /**
   * Whether it is the price of prompts of a length.
   *
   * @param inputTokens tokens of the prompt
   * @return false if the prompt is longer than the price holds for
   */
  public boolean holdsFor(final long inputTokens) {
    return inputTokens <= maxInputTokens.orElse(Long.MAX_VALUE);
  }

  /** Whether this is a price of the model. */
  boolean covers(final String provider, final String id) {
    return providers.contains(provider)
        && (model.endsWith(ANY_ENDING)
            ? id.startsWith(model.substring(0, model.length() - ANY_ENDING.length()))
            : id.equals(model));
  }

  /** Grows with what the entry says of the model; an exact id says the most. */
  int precision() {
    return model.endsWith(ANY_ENDING) ? model.length() : Integer.MAX_VALUE;
  }
}
