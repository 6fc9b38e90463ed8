package dev.latencylens.harness.provider;

import java.util.Arrays;

/**
 * The bytes of one event that was read in full, with the places of the strings in them that may
 * differ from event to event: the one that carried text, and those that nobody wanted. Most events
 * of a stream are the same but for these, so that comparing bytes says all that parsing would:
 * equal bytes before a string leave a parser in the same state, and a string of plain ASCII without
 * quote, backslash or control character ends where its quote is. Whatever deviates is left to the
 * parser, which judges it. Not thread-safe.
 */
final class EventShape {
  private static final int MAX_BYTES = 1 << 13;
  private static final int MAX_STRINGS = 16;

  /** Shapes learnt in a row that no event was like: such a stream is not worth the trouble. */
  private static final int MAX_IDLE = 4;

  private static final int NONE = -1;
  private static final byte FIRST_PRINTABLE = ' ';

  private byte[] bytes = new byte[0];
  private int length;
  private int[] starts = new int[MAX_STRINGS];
  private int[] ends = new int[MAX_STRINGS];
  private int strings;
  private int textAt = NONE;

  private int[] seenStarts = new int[MAX_STRINGS];
  private int[] seenEnds = new int[MAX_STRINGS];
  private int seen;
  private int seenTextAt = NONE;
  private boolean seenTwoTexts;
  private boolean watching;
  private int idle;

  /**
   * Whether an event is like the one remembered. If so, takes its text.
   *
   * @param event holds its bytes
   * @param offset its first byte
   * @param count how many bytes
   * @param text takes the text, of one character at least
   * @return whether there is nothing else in it
   */
  boolean matches(final byte[] event, final int offset, final int count, final TextBuffer text) {
    watching = false;
    if (textAt == NONE) {
      watching = idle < MAX_IDLE;
      return false;
    }
    final int end = offset + count;
    int at = offset;
    int literal = 0;
    int textStart = 0;
    int textEnd = 0;
    for (int i = 0; i < strings; i++) {
      final int size = starts[i] - literal;
      if (!isLiteral(literal, event, at, size, end)) {
        watching = idle < MAX_IDLE;
        return false;
      }
      at += size;
      final int stringEnd = plainEnd(event, at, end);
      if (stringEnd == NONE) {
        return false;
      }
      if (i == textAt) {
        textStart = at;
        textEnd = stringEnd;
      }
      at = stringEnd;
      literal = ends[i];
    }
    if (length - literal != end - at || !isLiteral(literal, event, at, end - at, end)) {
      watching = idle < MAX_IDLE;
      return false;
    }
    idle = 0;
    text.setAscii(event, textStart, textEnd - textStart);
    return !text.isEmpty();
  }

  private boolean isLiteral(
      final int literal, final byte[] event, final int at, final int size, final int end) {
    return size <= end - at && Arrays.equals(bytes, literal, literal + size, event, at, at + size);
  }

  /** Where the quote stands that ends a string, or NONE if it takes a parser to say. */
  private static int plainEnd(final byte[] event, final int start, final int end) {
    for (int i = start; i < end; i++) {
      final byte character = event[i];
      if (character == '"') {
        return i;
      }
      // Bytes from 0x80 are negative.
      if (character < FIRST_PRINTABLE || character == '\\') {
        return NONE;
      }
    }
    return NONE;
  }

  /** An event is going to be parsed: forgets the strings seen in the one before. */
  void begin() {
    seen = 0;
    seenTextAt = NONE;
    seenTwoTexts = false;
  }

  /** Whether it is of use to tell of the strings of the event that is being parsed. */
  boolean isWatching() {
    return watching;
  }

  /**
   * A string was parsed that may differ from event to event.
   *
   * @param start of its first character in the event, after the quote
   * @param end of the quote behind it
   * @param isText whether it is the event's text, not one that nobody wanted
   */
  void saw(final int start, final int end, final boolean isText) {
    if (seen == MAX_STRINGS) {
      watching = false;
      return;
    }
    if (isText) {
      seenTwoTexts |= seenTextAt != NONE;
      seenTextAt = seen;
    }
    seenStarts[seen] = start;
    seenEnds[seen++] = end;
  }

  /**
   * Remembers the event that was parsed, if it had one text and its strings were told.
   *
   * @return whether it did
   */
  boolean remember(final byte[] event, final int offset, final int count) {
    if (!watching || seenTextAt == NONE || seenTwoTexts || count > MAX_BYTES) {
      return false;
    }
    for (int i = 0; i < seen; i++) {
      if (!isQuoted(event, offset, count, i)) {
        return false;
      }
    }
    if (bytes.length < count) {
      bytes = new byte[count];
    }
    System.arraycopy(event, offset, bytes, 0, count);
    length = count;
    final int[] oldStarts = starts;
    starts = seenStarts;
    seenStarts = oldStarts;
    final int[] oldEnds = ends;
    ends = seenEnds;
    seenEnds = oldEnds;
    strings = seen;
    textAt = seenTextAt;
    idle++;
    return true;
  }

  /**
   * A parser that counts its places otherwise than is thought here must not lead to wrong texts.
   */
  private boolean isQuoted(final byte[] event, final int offset, final int count, final int i) {
    final int start = seenStarts[i];
    final int end = seenEnds[i];
    return start > 0
        && start <= end
        && end < count
        && event[offset + start - 1] == '"'
        && event[offset + end] == '"';
  }
}
