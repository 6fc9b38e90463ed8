package dev.latencylens.harness.config;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is asked of each target.
 *
 * @param name stands in tables; printable, at most {@link Target#LONGEST_NAME} characters
 * @param prompts what the user says
 * @param system the system prompt: not blank, at most {@link #MOST_PROMPT_BYTES} in UTF-8
 * @param cacheBusting whether each request begins with a text of its own, so that no prompt cache
 *     can answer it
 * @param maxOutputTokens the most tokens to generate, from 1 to {@link #MOST_OUTPUT_TOKENS}; single
 *     prompts may have another bound
 * @param settings how the models are asked to generate
 */
public record Workload(
    String name,
    Prompts prompts,
    Optional<String> system,
    boolean cacheBusting,
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

  /** What is wrong with a text that is no prompt. */
  static final String NO_PROMPT =
      "blank, larger than " + MOST_PROMPT_BYTES + " bytes, or not Unicode";

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public Workload {
    TextRules.requireName("the workload's name", name);
    if (system.isPresent() && !isPrompt(system.get())) {
      throw new IllegalArgumentException("the system prompt is " + NO_PROMPT);
    }
    requireMaxOutputTokens(maxOutputTokens);
  }

  /**
   * A workload that asks the same of every request.
   *
   * @param name stands in tables
   * @param prompt what the user says
   * @param system the system prompt
   * @param maxOutputTokens the most tokens to generate
   * @param settings how the models are asked to generate
   */
  public Workload(
      final String name,
      final String prompt,
      final Optional<String> system,
      final int maxOutputTokens,
      final ModelSettings settings) {
    this(name, new Prompts.Text(prompt), system, false, maxOutputTokens, settings);
  }

  /**
   * The most tokens that any request of this workload may generate: what a budget reckons with.
   *
   * @return tokens, from 1
   */
  public int mostOutputTokens() {
    if (prompts instanceof Prompts.Generated generated) {
      return generated.outputTokens().max();
    }
    return prompts.given().stream()
        .mapToInt(dialogue -> dialogue.maxOutputTokens().orElse(maxOutputTokens))
        .max()
        .orElse(maxOutputTokens);
  }

  static void requireMaxOutputTokens(final int tokens) {
    if (tokens < 1 || tokens > MOST_OUTPUT_TOKENS) {
      throw new IllegalArgumentException(
          "max_output_tokens must be from 1 to " + MOST_OUTPUT_TOKENS);
    }
  }

  /** A text that can be sent: half a surrogate pair has no form in UTF-8. */
  static boolean isPrompt(final String text) {
    return !text.isBlank()
        && StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && text.getBytes(StandardCharsets.UTF_8).length <= MOST_PROMPT_BYTES;
  }
}
