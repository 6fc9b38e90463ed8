package dev.latencylens.harness.provider;

import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.EventSink;
import dev.latencylens.harness.stream.StreamAttribute;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Short texts that a stream gives about itself and that end up in records and tables. They come
 * from outside: a label is passed on only in the form that a label has, so that neither free text
 * nor control characters get through. Not thread-safe.
 */
public final class Labels {
  private static final int MAX_ATTRIBUTE_CHARACTERS = 200;
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final Set<StreamAttribute> reported = EnumSet.noneOf(StreamAttribute.class);
  private String finishReason = "";

  /** Makes the labels of one stream. */
  public Labels() {}

  /**
   * Whether a text has the form of an error type or finish reason.
   *
   * @param text any text
   * @return true for 1 to 64 characters of {@code [A-Za-z0-9_.-]}
   */
  public static boolean isIdentifier(final String text) {
    return IDENTIFIER.matcher(text).matches();
  }

  /**
   * Reads an attribute from the value that the reader stands on, and reports it the first time that
   * it is a non-empty string. Later ones are skipped without being read.
   *
   * @param attribute which attribute
   * @param json stands on its value
   * @param sink is told its first 200 characters, with ? for control characters
   * @throws BrokenStreamException if the JSON is broken
   */
  public void attribute(
      final StreamAttribute attribute, final JsonEvents json, final EventSink sink)
      throws BrokenStreamException {
    if (reported.contains(attribute)) {
      json.skip();
      return;
    }
    attribute(attribute, json.text(), sink);
  }

  /**
   * Reports an attribute the first time that it is not empty.
   *
   * @param attribute which attribute
   * @param value what the stream said
   * @param sink is told its first 200 characters, with ? for control characters
   */
  public void attribute(final StreamAttribute attribute, final String value, final EventSink sink) {
    if (!value.isEmpty() && reported.add(attribute)) {
      final StringBuilder clean = new StringBuilder();
      value
          .codePoints()
          .limit(MAX_ATTRIBUTE_CHARACTERS)
          .map(c -> Character.isISOControl(c) ? '?' : c)
          .forEach(clean::appendCodePoint);
      sink.attribute(attribute, clean.toString());
    }
  }

  /**
   * Reads an attribute that is a count from the value that the reader stands on, and reports it the
   * first time that it is an integer from 0.
   *
   * @param attribute which attribute
   * @param json stands on its value
   * @param sink is told the count in decimal digits
   * @throws BrokenStreamException if the JSON is broken
   */
  public void countAttribute(
      final StreamAttribute attribute, final JsonEvents json, final EventSink sink)
      throws BrokenStreamException {
    final long count = json.count();
    if (count >= 0 && reported.add(attribute)) {
      sink.attribute(attribute, Long.toString(count));
    }
  }

  /**
   * Reads a finish reason from the value that the reader stands on, and reports it where it differs
   * from the last one: some services repeat it.
   *
   * @param json stands on its value; null and an empty string are no reason
   * @param sink is told the reason; {@code other} for one that is not an identifier
   * @throws BrokenStreamException if the JSON is broken
   */
  public void finishReason(final JsonEvents json, final EventSink sink)
      throws BrokenStreamException {
    final String text = json.text();
    if (text.isEmpty()) {
      return;
    }
    final String reason = isIdentifier(text) ? text : "other";
    if (!reason.equals(finishReason)) {
      finishReason = reason;
      sink.finish(reason);
    }
  }
}
