package dev.latencylens.harness.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

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
   * Makes the bytes of a body, the request's extra fields laid over what the provider writes:
   * objects are merged field by field, {@code null} takes a field out, and anything else replaces
   * what stands there.
   *
   * @param request what is asked
   * @param body writes it
   * @return JSON in UTF-8
   */
  static byte[] toBytes(final StreamRequest request, final RequestBody body) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(bytes)) {
        json.writeStartObject();
        body.writeFields(json);
        json.writeEndObject();
      }
      if (request.extraBody().isEmpty()) {
        return bytes.toByteArray();
      }
      final JsonNode merged = Json.MAPPER.readTree(bytes.toByteArray());
      Json.merge((ObjectNode) merged, Json.MAPPER.readTree(request.extraBody().get()));
      return Json.MAPPER.writeValueAsBytes(merged);
    } catch (final IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /** Keeps the mapper out of the interface. */
  final class Json {
    // As UTF-8, not as two escapes: the same bytes that the services' own clients send.
    private static final ObjectMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build())
            .build();

    private Json() {}

    private static void merge(final ObjectNode into, final JsonNode extra) {
      for (final Map.Entry<String, JsonNode> field : extra.properties()) {
        final JsonNode there = into.get(field.getKey());
        if (field.getValue().isNull()) {
          into.remove(field.getKey());
        } else if (there instanceof ObjectNode object && field.getValue().isObject()) {
          merge(object, field.getValue());
        } else {
          into.set(field.getKey(), field.getValue());
        }
      }
    }
  }
}
