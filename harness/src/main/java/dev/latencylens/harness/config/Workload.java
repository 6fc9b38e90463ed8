package dev.latencylens.harness.config;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is asked of each target.
 *
 * @param name stands in tables; printable, at most {@link Target#LONGEST_NAME} characters
 * @param prompt the user's message: not blank, at most {@link #MOST_PROMPT_BYTES} in UTF-8
 * @param system the system prompt: the same holds
 * @param maxOutputTokens the most tokens to generate, from 1 to {@link #MOST_OUTPUT_TOKENS}
 * @param settings how the models are asked to generate
 */
public record Workload(
    String name,
    String prompt,
    Optional<String> system,
    int maxOutputTokens,
    ModelSettings settings) {

  /** The largest prompt, in bytes of UTF-8: 1 MiB. */
  public static final int MOST_PROMPT_BYTES = 1 << 20;

  /** The most output tokens of one stream. */
  public static final int MOST_OUTPUT_TOKENS = 1_000_000;

  /** What holds where the configuration says nothing: one sentence, 64 tokens. */
  public static final Workload DEFAULT =
      new Workload(
          "default", "Say hello in one sentence.", Optional.empty(), 64, ModelSettings.NONE);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Workload {
    TextRules.requireName("the workload's name", name);
    requirePrompt("the prompt", prompt);
    system.ifPresent(text -> requirePrompt("the system prompt", text));
    if (maxOutputTokens < 1 || maxOutputTokens > MOST_OUTPUT_TOKENS) {
      throw new IllegalArgumentException(
          "max_output_tokens must be from 1 to " + MOST_OUTPUT_TOKENS);
    }
  }

  private static void requirePrompt(final String what, final String text) {
    if (!isPrompt(text)) {
      throw new IllegalArgumentException(
          what + " is blank, or larger than " + MOST_PROMPT_BYTES + " bytes");
    }
  }

  static boolean isPrompt(final String text) {
    return !text.isBlank() && text.getBytes(StandardCharsets.UTF_8).length <= MOST_PROMPT_BYTES;
  }
}
