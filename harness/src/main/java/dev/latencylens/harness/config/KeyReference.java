package dev.latencylens.harness.config;

/** Where a target's key is found: never the key itself. */
public sealed interface KeyReference {

  /** The environment variable that the provider's own tools read. */
  record ProviderDefault() implements KeyReference {}

  /**
   * An environment variable.
   *
   * @param variable its name
   */
  record Environment(String variable) implements KeyReference {}

  /** The server needs no key. */
  record None() implements KeyReference {}
}
