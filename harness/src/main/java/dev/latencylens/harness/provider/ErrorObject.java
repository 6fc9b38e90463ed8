package dev.latencylens.harness.provider;

import dev.latencylens.harness.stream.BrokenStreamException;
import java.util.Optional;

/**
 * Finds the type in an error as the services write it: {@code {"error": {…}}}. The fields that may
 * hold it are asked in order of preference; the message is never read. Not thread-safe.
 */
public final class ErrorObject {
  private static final String UNNAMED = "error";

  private final String[] fields;
  private String type = "";
  private int rank;

  /**
   * Makes a reader of one error.
   *
   * @param fields names of the fields that hold an error type or code, the best first
   */
  public ErrorObject(final String... fields) {
    this.fields = fields.clone();
    rank = fields.length;
  }

  /**
   * Reads the error.
   *
   * @param json stands on the value of {@code error}
   * @throws BrokenStreamException if the JSON is broken
   */
  public void read(final JsonEvents json) throws BrokenStreamException {
    if (json.enterObject()) {
      while (json.nextField()) {
        readField(json);
      }
    }
  }

  private void readField(final JsonEvents json) throws BrokenStreamException {
    for (int i = 0; i < rank; i++) {
      if (fields[i].equals(json.name())) {
        final long number = json.count();
        final String text = number < 0 ? json.text() : Long.toString(number);
        if (Labels.isIdentifier(text)) {
          type = text;
          rank = i;
        }
        return;
      }
    }
    json.skip();
  }

  /**
   * The error's type.
   *
   * @return 1 to 64 characters of {@code [A-Za-z0-9_.-]}; {@code error} where it has none of that
   *     form
   */
  public String type() {
    return type.isEmpty() ? UNNAMED : type;
  }

  /**
   * Finds the error type in the body of a response.
   *
   * @param body JSON in UTF-8, perhaps cut off
   * @param fields names of the fields that hold an error type or code, the best first
   * @return the type, where it comes before anything broken
   */
  public static Optional<String> inBody(final byte[] body, final String... fields) {
    final ErrorObject error = new ErrorObject(fields);
    // Google puts the error in an array where the answer would have been one.
    int start = 0;
    while (start < body.length && body[start] != '{') {
      start++;
    }
    final JsonEvents json = new JsonEvents();
    try {
      if (json.begin(body, start, body.length - start)) {
        while (json.nextField()) {
          if (json.name().equals("error")) {
            error.read(json);
          } else {
            json.skip();
          }
        }
      }
    } catch (final BrokenStreamException e) {
      // What was found before the break still stands.
    }
    return error.type.isEmpty() ? Optional.empty() : Optional.of(error.type);
  }
}
