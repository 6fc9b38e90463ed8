package dev.latencylens.harness.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the JSON of a request. */
@FunctionalInterface
public interface RequestBody {
  /**
   * Writes the fields of the request's object.
   *
   * @param json stands within the object
   * @throws IOException if the generator can't write
   */
  void writeFields(JsonGenerator json) throws IOException;

  /**
   * Makes the bytes of a body.
   *
   * @param body writes it
   * @return JSON in UTF-8
   */
  static byte[] toBytes(final RequestBody body) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      body.writeFields(json);
      json.writeEndObject();
    } catch (final IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** Keeps the factory out of the interface. */
  final class Json {
    // As UTF-8, not as two escapes: the same bytes that the services' own clients send.
    private static final JsonFactory FACTORY =
        JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

    private Json() {}
  }
}
