package dev.latencylens.harness.provider;

import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventSink;

/**
 * Holds a piece of text until it is known what it is: JSON gives a field's kind before or after it,
 * as it likes. Reused from event to event. Not thread-safe.
 */
public final class TextBuffer {
  private char[] characters = new char[256];
  private int length;

  /** Makes an empty buffer. */
  public TextBuffer() {}

  /**
   * Replaces the text.
   *
   * @param source holds the characters; not kept
   * @param offset first character
   * @param count how many
   */
  public void set(final char[] source, final int offset, final int count) {
    reserve(count);
    System.arraycopy(source, offset, characters, 0, count);
    length = count;
  }

  /** Replaces the text by bytes of ASCII. */
  void setAscii(final byte[] source, final int offset, final int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      characters[i] = (char) source[offset + i];
    }
    length = count;
  }

  private void reserve(final int count) {
    if (count > characters.length) {
      characters = new char[Math.max(count, 2 * characters.length)];
    }
  }

  /** Drops the text. */
  public void clear() {
    length = 0;
  }

  /**
   * Whether there is no text.
   *
   * @return true for a length of 0
   */
  public boolean isEmpty() {
    return length == 0;
  }

  /**
   * Reports the text as content, if there is any, and drops it.
   *
   * @param kind what it turned out to be
   * @param sink is told
   */
  public void report(final ContentKind kind, final EventSink sink) {
    if (length > 0) {
      sink.content(kind, characters, 0, length);
      length = 0;
    }
  }

  /** The text. */
  @Override
  public String toString() {
    return new String(characters, 0, length);
  }
}
