package dev.latencylens.harness.provider;

import java.util.Optional;

/** The headers of a response. */
@FunctionalInterface
public interface ResponseHeaders {
  /**
   * Finds a header.
   *
   * @param name its name, in any case
   * @return the value of the first one of that name
   */
  Optional<String> first(String name);
}
