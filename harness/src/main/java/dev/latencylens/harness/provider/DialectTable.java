package dev.latencylens.harness.provider;

import java.util.List;

/**
 * Brings dialects along with the suite. Implementations are found through {@link
 * java.util.ServiceLoader} and have a public constructor without parameters.
 */
public interface DialectTable {
  /**
   * The dialects.
   *
   * @return with different ids, none of them another provider's
   */
  List<ChatDialect> dialects();
}
