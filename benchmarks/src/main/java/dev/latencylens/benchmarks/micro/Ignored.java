package dev.latencylens.benchmarks.micro;

import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventSink;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.Usage;

/** Takes events and keeps only how many characters they had. Not thread-safe. */
final class Ignored implements EventSink {
  private long characters;

  long characters() {
    return characters;
  }

  @Override
  public void content(
      final ContentKind kind, final char[] buffer, final int offset, final int length) {
    characters += length;
  }

  @Override
  public void usage(final Usage usage) {}

  @Override
  public void finish(final String reason) {}

  @Override
  public void terminated() {}

  @Override
  public void error(final String type) {}

  @Override
  public void attribute(final StreamAttribute attribute, final String value) {}
}
