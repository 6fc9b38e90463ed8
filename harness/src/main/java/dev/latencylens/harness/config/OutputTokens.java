package dev.latencylens.harness.config;

/** How long an answer is, against its limit. */
public enum OutputTokens {
  /** The model ends where it likes, at the limit at the latest. */
  AT_MOST,
  /** The service is told to generate up to the limit. */
  EXACT
}
