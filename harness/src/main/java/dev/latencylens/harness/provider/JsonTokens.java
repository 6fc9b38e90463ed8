package dev.latencylens.harness.provider;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.latencylens.harness.stream.BrokenStreamException;
import java.io.IOException;
import java.io.StringWriter;

/**
 * Feeds one non-blocking parser with event after event, walks its tokens, and names the place of
 * what is broken. It bounds what hostile JSON can cost. Not thread-safe.
 */
final class JsonTokens {
  private static final int MAX_NESTING = 500;
  private static final int MAX_NAME_CHARACTERS = 10_000;

  /**
   * Names are remembered by the parser, so that repeated ones cost nothing; a hostile stream of
   * ever new names would fill the memory. Past half of this count the parser is exchanged between
   * two events, and no event may bring more.
   */
  private static final int MAX_NEW_NAMES = 100_000;

  private static final int RECENT_NAMES = 1024;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNameLength(MAX_NAME_CHARACTERS)
                  // A frame is limited before it comes here, and no string is longer than it.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          // Interned names would outlive the stream.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // A decoder may go from thread to thread, and nobody closes it.
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .build();

  private final String[] recentNames = new String[RECENT_NAMES];

  private JsonParser parser;
  private JsonToken token = JsonToken.NOT_AVAILABLE;
  private String name = "";
  private int newNames;
  private long fedBytes;
  private long eventBytes;
  private long ordinal;

  JsonTokens() {
    parser = newParser();
  }

  private static JsonParser newParser() {
    try {
      return FACTORY.createNonBlockingByteArrayParser();
    } catch (final IOException e) {
      throw new IllegalStateException("no JSON parser", e);
    }
  }

  JsonParser parser() {
    return parser;
  }

  JsonToken token() {
    return token;
  }

  String name() {
    return name;
  }

  /** See {@link JsonEvents#begin}. */
  boolean begin(final byte[] bytes, final int offset, final int length)
      throws BrokenStreamException {
    ordinal++;
    if (isBlank(bytes, offset, length)) {
      return false;
    }
    if (newNames > MAX_NEW_NAMES / 2) {
      parser = newParser();
      newNames = 0;
      fedBytes = 0;
    }
    fedBytes += eventBytes;
    eventBytes = length;
    try {
      ((ByteArrayFeeder) parser.getNonBlockingInputFeeder())
          .feedInput(bytes, offset, offset + length);
    } catch (final IOException e) {
      throw new IllegalStateException("the event before this one was not read to its end", e);
    }
    advance();
    if (token != JsonToken.START_OBJECT) {
      throw malformed("not a JSON object");
    }
    return true;
  }

  /** An event was read otherwise: it counts. */
  void pass() {
    ordinal++;
  }

  /** Where the string's first character stands in the event; stands on a string. Allocates. */
  int startOfString() {
    return (int) (parser.currentTokenLocation().getByteOffset() - fedBytes);
  }

  /** Where the quote behind the string stands in the event; stands on a string. Allocates. */
  int endOfString() {
    return (int) (parser.currentLocation().getByteOffset() - fedBytes) - 1;
  }

  /** See {@link JsonEvents#end}. */
  void end() throws BrokenStreamException {
    try {
      token = parser.nextToken();
    } catch (final IOException e) {
      throw malformed("text after the JSON object", e);
    }
    if (token != JsonToken.NOT_AVAILABLE) {
      throw malformed("text after the JSON object");
    }
  }

  void advance() throws BrokenStreamException {
    try {
      token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        name = parser.currentName();
        noteNew(name);
      }
    } catch (final StreamConstraintsException e) {
      throw malformed("nested too deep, or a name or number that is too long", e);
    } catch (final IOException e) {
      throw malformed("broken JSON", e);
    } catch (final IllegalStateException e) {
      // The parser's guard against names made to collide.
      throw malformed("field names that can't be told apart");
    }
    if (token == JsonToken.NOT_AVAILABLE) {
      throw malformed("the JSON ends too early");
    }
  }

  /** See {@link JsonEvents#textAmong}; stands on a string. */
  int textAmong(final String... expected) throws BrokenStreamException {
    try {
      final char[] characters = parser.getTextCharacters();
      final int offset = parser.getTextOffset();
      final int length = parser.getTextLength();
      for (int i = 0; i < expected.length; i++) {
        if (matches(expected[i], characters, offset, length)) {
          return i;
        }
      }
      return -1;
    } catch (final IOException e) {
      throw malformed("a broken string", e);
    }
  }

  private static boolean matches(
      final String expected, final char[] characters, final int offset, final int length) {
    if (expected.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (expected.charAt(i) != characters[offset + i]) {
        return false;
      }
    }
    return true;
  }

  /** See {@link JsonEvents#json}. */
  String json() throws BrokenStreamException {
    final StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.copyCurrentEventExact(parser);
      for (int depth = token.isStructStart() ? 1 : 0; depth > 0; ) {
        advance();
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
        generator.copyCurrentEventExact(parser);
      }
    } catch (final IOException e) {
      throw malformed("a value that can't be read", e);
    }
    return text.toString();
  }

  // The parser gives the same object for a name it knows: that is what is asked here.
  @SuppressWarnings("ReferenceEquality")
  private void noteNew(final String name) throws BrokenStreamException {
    final int slot = name.hashCode() & (RECENT_NAMES - 1);
    if (recentNames[slot] != name) {
      recentNames[slot] = name;
      if (++newNames > MAX_NEW_NAMES) {
        throw BrokenStreamException.tooLarge(
            "event "
                + ordinal
                + " of the stream has more than "
                + MAX_NEW_NAMES / 2
                + " field names");
      }
    }
  }

  private BrokenStreamException malformed(final String what) {
    return malformed(what, parser.currentLocation().getByteOffset());
  }

  BrokenStreamException malformed(final String what, final IOException cause) {
    // The cause's own message may repeat the body.
    return cause instanceof JacksonException jackson && jackson.getLocation() != null
        ? malformed(what, jackson.getLocation().getByteOffset())
        : malformed(what);
  }

  private BrokenStreamException malformed(final String what, final long parserOffset) {
    final long column = Math.max(1, Math.min(eventBytes, parserOffset - fedBytes));
    return BrokenStreamException.malformed(
        "event " + ordinal + " of the stream: " + what + " at byte " + column);
  }

  private static boolean isBlank(final byte[] bytes, final int offset, final int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\n' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
