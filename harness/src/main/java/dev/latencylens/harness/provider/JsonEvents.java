package dev.latencylens.harness.provider;

import com.fasterxml.jackson.core.JsonToken;
import dev.latencylens.harness.stream.BrokenStreamException;
import java.io.IOException;

/**
 * Reads the JSON objects of one stream, one after the other, with one parser that is fed and never
 * made anew, so that an event costs no allocation. A reader walks each object once, in order:
 *
 * <pre>{@code
 * if (json.begin(bytes, offset, length)) {
 *   while (json.nextField()) {
 *     switch (json.name()) {
 *       case "id" -> id = json.text();
 *       default -> json.skip();
 *     }
 *   }
 *   json.end();
 * }
 * }</pre>
 *
 * <p>After {@link #nextField()} or {@link #nextElement()} the reader stands on a value and either
 * reads it, walks into it, or skips it; a value that is not an object or array may be left alone.
 * What breaks is named by event and byte, never by its text. Not thread-safe.
 */
public final class JsonEvents {
  /** What {@link #count()} says where there is no count. */
  public static final long NO_COUNT = -1;

  private final JsonTokens tokens = new JsonTokens();
  private final EventShape shape = new EventShape();

  /** Makes a reader for one stream. */
  public JsonEvents() {}

  /**
   * Whether the next event is the one given to {@link #remember} but for its text and strings that
   * were skipped. If so, it is read by this call, without a parser: a tenth of the time.
   *
   * @param bytes holds its JSON
   * @param offset its first byte
   * @param length how many bytes
   * @param text takes the text, never empty, that {@link #readText} would have given
   * @return false if it must be read in full, from {@link #begin} on
   */
  public boolean repeats(
      final byte[] bytes, final int offset, final int length, final TextBuffer text) {
    if (!shape.matches(bytes, offset, length, text)) {
      return false;
    }
    tokens.pass();
    return true;
  }

  /**
   * Remembers the event that was read last, for {@link #repeats}. Only for one that meant nothing
   * but the text that {@link #readText} gave, once: whatever else was read of it must mean the same
   * when it comes again, which is nothing new.
   *
   * @param bytes as given to {@link #begin}
   * @param offset as given there
   * @param length as given there
   * @return whether it is the one that {@link #repeats} goes by from now on
   */
  public boolean remember(final byte[] bytes, final int offset, final int length) {
    return shape.remember(bytes, offset, length);
  }

  /**
   * Begins the next event.
   *
   * @param bytes holds its JSON; read until {@link #end()}
   * @param offset its first byte
   * @param length how many bytes
   * @return false if it is blank: there is nothing to read then, not even an end
   * @throws BrokenStreamException if it is not an object
   */
  public boolean begin(final byte[] bytes, final int offset, final int length)
      throws BrokenStreamException {
    shape.begin();
    return tokens.begin(bytes, offset, length);
  }

  /**
   * Ends the event: nothing may follow its object.
   *
   * @throws BrokenStreamException if something does
   */
  public void end() throws BrokenStreamException {
    tokens.end();
  }

  /**
   * Goes on to the next field of the object, and stands on its value.
   *
   * @return false at the object's end
   * @throws BrokenStreamException if the JSON is broken
   */
  public boolean nextField() throws BrokenStreamException {
    tokens.advance();
    if (tokens.token() == JsonToken.END_OBJECT) {
      return false;
    }
    tokens.advance();
    return true;
  }

  /**
   * Goes on to the next element of the array, and stands on it.
   *
   * @return false at the array's end
   * @throws BrokenStreamException if the JSON is broken
   */
  public boolean nextElement() throws BrokenStreamException {
    tokens.advance();
    return tokens.token() != JsonToken.END_ARRAY;
  }

  /**
   * The name of the field whose value the reader stands on; not to be asked after walking into it.
   *
   * @return the name
   */
  public String name() {
    return tokens.name();
  }

  /**
   * Walks into the value if it is an object; skips it otherwise.
   *
   * @return whether it is one: then {@link #nextField()} gives its fields
   * @throws BrokenStreamException if the JSON is broken
   */
  public boolean enterObject() throws BrokenStreamException {
    if (tokens.token() == JsonToken.START_OBJECT) {
      return true;
    }
    skip();
    return false;
  }

  /**
   * Walks into the value if it is an array; skips it otherwise.
   *
   * @return whether it is one: then {@link #nextElement()} gives its elements
   * @throws BrokenStreamException if the JSON is broken
   */
  public boolean enterArray() throws BrokenStreamException {
    if (tokens.token() == JsonToken.START_ARRAY) {
      return true;
    }
    skip();
    return false;
  }

  /**
   * Skips the value, whatever it is.
   *
   * @throws BrokenStreamException if the JSON is broken
   */
  public void skip() throws BrokenStreamException {
    if (!tokens.token().isStructStart()) {
      noteString(false);
      return;
    }
    for (int depth = 1; depth > 0; ) {
      tokens.advance();
      if (tokens.token().isStructStart()) {
        depth++;
      } else if (tokens.token().isStructEnd()) {
        depth--;
      }
    }
  }

  /**
   * Takes the value's text into a buffer, if it is a non-empty string; skips it otherwise.
   *
   * @param text takes the text in place of what it held
   * @return whether it is one
   * @throws BrokenStreamException if the JSON is broken
   */
  public boolean readText(final TextBuffer text) throws BrokenStreamException {
    if (tokens.token() != JsonToken.VALUE_STRING) {
      skip();
      return false;
    }
    try {
      text.set(
          tokens.parser().getTextCharacters(),
          tokens.parser().getTextOffset(),
          tokens.parser().getTextLength());
    } catch (final IOException e) {
      throw tokens.malformed("a broken string", e);
    }
    if (text.isEmpty()) {
      return false;
    }
    noteString(true);
    return true;
  }

  private void noteString(final boolean isText) {
    if (shape.isWatching() && tokens.token() == JsonToken.VALUE_STRING) {
      shape.saw(tokens.startOfString(), tokens.endOfString(), isText);
    }
  }

  /**
   * The value as an object of its own, if it is a string; skips it otherwise.
   *
   * @return the text; empty for what is not a string
   * @throws BrokenStreamException if the JSON is broken
   */
  public String text() throws BrokenStreamException {
    if (tokens.token() != JsonToken.VALUE_STRING) {
      skip();
      return "";
    }
    try {
      return tokens.parser().getText();
    } catch (final IOException e) {
      throw tokens.malformed("a broken string", e);
    }
  }

  /**
   * The bytes that the value stands for, if it is a string in base64; skips it otherwise.
   *
   * @return a new array; empty for what is not a string
   * @throws BrokenStreamException if the JSON is broken, or the string is not base64
   */
  public byte[] base64() throws BrokenStreamException {
    if (tokens.token() != JsonToken.VALUE_STRING) {
      skip();
      return new byte[0];
    }
    try {
      return tokens.parser().getBinaryValue();
    } catch (final IOException e) {
      throw tokens.malformed("a string that is not base64", e);
    }
  }

  /**
   * Looks the value up among texts that are expected, without allocating.
   *
   * @param expected the texts
   * @return the index of the one that the value equals, or -1
   * @throws BrokenStreamException if the JSON is broken
   */
  public int textAmong(final String... expected) throws BrokenStreamException {
    if (tokens.token() != JsonToken.VALUE_STRING) {
      skip();
      return -1;
    }
    return tokens.textAmong(expected);
  }

  /**
   * Whether the value is {@code true}.
   *
   * @return true for that value only
   * @throws BrokenStreamException if the JSON is broken
   */
  public boolean flag() throws BrokenStreamException {
    skip();
    return tokens.token() == JsonToken.VALUE_TRUE;
  }

  /**
   * Whether the value is {@code null}.
   *
   * @return true for that value only
   */
  public boolean isNull() {
    return tokens.token() == JsonToken.VALUE_NULL;
  }

  /**
   * Whether the value is {@code false}.
   *
   * @return true for that value only
   */
  public boolean isFalse() {
    return tokens.token() == JsonToken.VALUE_FALSE;
  }

  /**
   * Whether the value is an object.
   *
   * @return true if {@link #enterObject()} walks into it
   */
  public boolean isObject() {
    return tokens.token() == JsonToken.START_OBJECT;
  }

  /**
   * Whether the value is an array.
   *
   * @return true if {@link #enterArray()} walks into it
   */
  public boolean isArray() {
    return tokens.token() == JsonToken.START_ARRAY;
  }

  /**
   * The value as a count.
   *
   * @return the count, or {@link #NO_COUNT} for all that is not an integer from 0
   * @throws BrokenStreamException if the JSON is broken
   */
  public long count() throws BrokenStreamException {
    if (tokens.token() != JsonToken.VALUE_NUMBER_INT) {
      skip();
      return NO_COUNT;
    }
    try {
      return Math.max(NO_COUNT, tokens.parser().getLongValue());
    } catch (final IOException e) {
      // More than a long holds is no count of tokens.
      return NO_COUNT;
    }
  }

  /**
   * Reads the value, whatever it is, as JSON without white space. Allocates.
   *
   * @return the JSON text
   * @throws BrokenStreamException if the JSON is broken
   */
  public String json() throws BrokenStreamException {
    return tokens.json();
  }
}
