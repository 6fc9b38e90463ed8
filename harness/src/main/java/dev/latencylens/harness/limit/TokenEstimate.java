package dev.latencylens.harness.limit;

import dev.latencylens.harness.stream.StreamRequest;

/**
 * What a request may cost, before anything is known of its answer. Rough on purpose: what usage
 * says corrects it when the stream has ended.
 */
public final class TokenEstimate {
  /** Of English prose four; other scripts need more tokens, so this errs on the careful side. */
  private static final int CHARACTERS_PER_TOKEN = 3;

  /** What a turn of a conversation costs besides its text. */
  private static final int TOKENS_PER_MESSAGE = 8;

  /** Where a request does not bound its answer. */
  private static final int USUAL_OUTPUT_TOKENS = 1024;

  private TokenEstimate() {}

  /**
   * Estimates input and output tokens together: the output as long as it may be.
   *
   * @param request what is to be asked
   * @return tokens, from 1
   */
  public static long of(final StreamRequest request) {
    return ofInput(request) + ofOutput(request);
  }

  /**
   * How long the answer may be.
   *
   * @param request what is to be asked
   * @return tokens, from 1
   */
  public static long ofOutput(final StreamRequest request) {
    return request.maxOutputTokens().orElse(USUAL_OUTPUT_TOKENS);
  }

  /**
   * Estimates the tokens of the prompt.
   *
   * @param request what is to be asked
   * @return tokens, from 1
   */
  public static long ofInput(final StreamRequest request) {
    long characters = request.system().map(String::length).orElse(0);
    for (final StreamRequest.Message message : request.messages()) {
      characters += message.text().length();
    }
    for (final StreamRequest.Tool tool : request.tools()) {
      characters += tool.name().length() + tool.description().length() + tool.parameters().length();
    }
    return characters / CHARACTERS_PER_TOKEN
        + (request.messages().size() + 1L) * TOKENS_PER_MESSAGE;
  }
}
