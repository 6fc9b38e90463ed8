package dev.latencylens.results.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream's line as JSON. Written and read token by token, as a run may have a million of them and
 * a mapper would spend most of the time on its own bookkeeping.
 */
final class StreamLineJson {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().characterEscapes(new PageSafeEscapes()).build();
  private static final Map<String, Object> FIELDS = new HashMap<>();

  static {
    for (StreamTime time : StreamTime.values()) {
      FIELDS.put(time.field(), time);
    }
    for (StreamCount count : StreamCount.values()) {
      FIELDS.put(count.field(), count);
    }
    for (StreamText text : StreamText.values()) {
      FIELDS.put(text.field(), text);
    }
  }

  private StreamLineJson() {}

  /** The line with its line end. */
  static byte[] write(StreamLine line) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("round", line.round());
      json.writeStringField("cell", line.cell());
      json.writeStringField("stream", line.stream());
      json.writeStringField("outcome", line.outcome());
      OptionalInt status = line.httpStatus();
      if (status.isPresent()) {
        json.writeNumberField("http_status", status.getAsInt());
      }
      for (StreamTime time : StreamTime.values()) {
        writeIfPresent(json, time.field(), line.time(time));
      }
      if (line.tpotNanos().isPresent()) {
        json.writeNumberField("tpot_ns", line.tpotNanos().getAsDouble());
      }
      for (StreamCount count : StreamCount.values()) {
        writeIfPresent(json, count.field(), line.count(count));
      }
      json.writeBooleanField("tokens_estimated", line.tokensEstimated());
      for (StreamText text : StreamText.values()) {
        if (line.text(text).isPresent()) {
          json.writeStringField(text.field(), line.text(text).get());
        }
      }
      if (!line.rateLimits().isEmpty()) {
        json.writeObjectFieldStart("rate_limits");
        for (Map.Entry<String, String> header : new TreeMap<>(line.rateLimits()).entrySet()) {
          json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
      }
      if (line.gaps().isPresent()) {
        json.writeStringField("gaps", line.gaps().get());
      }
      if (!line.longestGaps().isEmpty()) {
        LongGapJson.write(json, line.longestGaps());
      }
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void writeIfPresent(JsonGenerator json, String field, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.getAsLong());
    }
  }

  /**
   * Reads a line.
   *
   * @throws IOException if the bytes are not one JSON object with all that a stream must have
   */
  static StreamLine read(byte[] bytes, int offset, int length) throws IOException {
    try (JsonParser json = FACTORY.createParser(bytes, offset, length)) {
      StreamLine line = readObject(json);
      if (json.nextToken() != null) {
        throw new RunFormatException("more than one value");
      }
      return line;
    }
  }

  private static StreamLine readObject(JsonParser json) throws IOException {
    // The four that a builder starts from are written first, but may stand anywhere.
    int round = 0;
    String cell = null;
    String stream = null;
    String outcome = null;
    StreamLineBuilder rest = new StreamLineBuilder(0, "", "", "");
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new RunFormatException("not an object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken token = json.nextToken();
      switch (field) {
        case "round" -> round = json.getIntValue();
        case "cell" -> cell = string(json, token);
        case "stream" -> stream = string(json, token);
        case "outcome" -> outcome = string(json, token);
        default -> readOptional(json, token, field, rest);
      }
    }
    if (round < 1 || cell == null || stream == null || outcome == null) {
      throw new RunFormatException("round, cell, stream or outcome is missing");
    }
    return rest.build(round, cell, stream, outcome);
  }

  private static void readOptional(
      JsonParser json, JsonToken token, String field, StreamLineBuilder into) throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    switch (field) {
      case "http_status" -> into.httpStatus(OptionalInt.of(json.getIntValue()));
      case "tpot_ns" -> into.tpotNanos = json.getDoubleValue();
      case "tokens_estimated" -> into.tokensEstimated(json.getBooleanValue());
      case "gaps" -> into.encodedGaps(string(json, token));
      case LongGapJson.FIELD -> into.longestGaps(LongGapJson.read(json, token));
      case "rate_limits" -> into.rateLimits(strings(json, token));
      default -> {
        Object known = FIELDS.get(field);
        if (known instanceof StreamTime time) {
          into.time(time, json.getLongValue());
        } else if (known instanceof StreamCount count) {
          into.count(count, json.getLongValue());
        } else if (known instanceof StreamText text) {
          into.text(text, string(json, token));
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private static Map<String, String> strings(JsonParser json, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw new RunFormatException("an object is expected");
    }
    Map<String, String> strings = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      strings.put(name, string(json, json.nextToken()));
    }
    return strings;
  }

  private static String string(JsonParser json, @Nullable JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      throw new RunFormatException("a text is expected");
    }
    return json.getText();
  }
}
