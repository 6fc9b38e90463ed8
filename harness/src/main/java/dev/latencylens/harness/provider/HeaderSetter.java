package dev.latencylens.harness.provider;

/** Sets a header of a request that is about to be sent. */
@FunctionalInterface
public interface HeaderSetter {
  /**
   * Sets a header.
   *
   * @param name the header's name
   * @param value its value, which may be a secret and must not be kept
   */
  void set(String name, String value);
}
