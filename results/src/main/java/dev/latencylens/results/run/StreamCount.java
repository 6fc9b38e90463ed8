package dev.latencylens.results.run;

import java.util.Locale;

/** The counts of a stream; tokens are the provider's usage figures, absent where it gave none. */
public enum StreamCount {
  /** Events with generated content. */
  CONTENT_EVENTS,
  /** Reads that carried content. */
  CONTENT_READS,
  /** Content events that shared a read with another content event of the stream. */
  COALESCED_EVENTS,
  /** Characters of generated text. */
  CHARACTERS,
  /** Tokens of the prompt, cached ones included. */
  INPUT_TOKENS,
  /** Tokens of the prompt that came from a cache. */
  CACHED_INPUT_TOKENS,
  /** Tokens of the prompt that were written to a cache. */
  CACHE_WRITE_TOKENS,
  /** Tokens generated, reasoning included. */
  OUTPUT_TOKENS,
  /** Tokens of the output that were reasoning. */
  REASONING_TOKENS,
  /** Tokens of the output that were streamed: the base of {@code tpot}. */
  STREAMED_TOKENS,
  /** Input tokens that are billed, where the provider tells them apart. */
  BILLED_INPUT_TOKENS,
  /** Output tokens that are billed, where the provider tells them apart. */
  BILLED_OUTPUT_TOKENS,
  /** What the stream cost, in picodollars (1e-12 USD); absent where that can't be known. */
  COST_PICO_USD,
  /** The attempt that this stream is; absent for the first. */
  ATTEMPT;

  private final String field = name().toLowerCase(Locale.ROOT);

  /**
   * The name of the JSON field.
   *
   * @return such as {@code content_events}
   */
  public String field() {
    return field;
  }
}
