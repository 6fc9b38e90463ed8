package dev.latencylens.harness.provider;

import dev.latencylens.harness.stream.StreamAttribute;

/** Takes what a response says of itself. */
@FunctionalInterface
public interface AttributeSink {
  /**
   * Takes one attribute.
   *
   * @param attribute which
   * @param value its value
   */
  void attribute(StreamAttribute attribute, String value);
}
