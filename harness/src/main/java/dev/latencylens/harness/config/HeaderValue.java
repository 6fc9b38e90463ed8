package dev.latencylens.harness.config;

/** The value of a header that a target's requests have. */
public sealed interface HeaderValue {

  /**
   * A value that is no secret, and stands in the manifest.
   *
   * @param text printable ASCII
   */
  record Literal(String text) implements HeaderValue {}

  /**
   * A secret.
   *
   * @param variable the environment variable that holds it
   */
  record Secret(String variable) implements HeaderValue {}
}
