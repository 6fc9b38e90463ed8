package dev.latencylens.harness.provider;

/**
 * Makes providers of dialects. The one implementation is found through {@link
 * java.util.ServiceLoader}, and has a public constructor without parameters.
 */
@FunctionalInterface
public interface DialectSpeaker {
  /**
   * A provider that speaks a dialect.
   *
   * @param dialect how the service speaks
   * @return the provider, whose id is the dialect's
   */
  Provider speaking(ChatDialect dialect);
}
