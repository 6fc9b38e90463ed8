package dev.latencylens.results.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The longest gaps of a stream as JSON. Stateless. */
final class LongGapJson {
  static final String FIELD = "longest_gaps";

  private static final String AFTER = "after_ns";
  private static final String EVENT = "event";
  private static final String LENGTH = "gap_ns";

  private LongGapJson() {}

  static void write(JsonGenerator json, List<LongGap> gaps) throws IOException {
    json.writeArrayFieldStart(FIELD);
    for (LongGap gap : gaps) {
      json.writeStartObject();
      json.writeNumberField(AFTER, gap.afterNanos());
      json.writeNumberField(EVENT, gap.event());
      json.writeNumberField(LENGTH, gap.nanos());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Reads what {@link #write} wrote; of a longer list the first ones, as a line from elsewhere may
   * hold any number.
   *
   * @throws IOException if it is anything but a list of objects of numbers
   */
  static List<LongGap> read(JsonParser json, @Nullable JsonToken token) throws IOException {
    if (token != JsonToken.START_ARRAY) {
      throw new RunFormatException("a list is expected");
    }
    List<LongGap> gaps = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      LongGap gap = readOne(json);
      if (gaps.size() < LongGap.MOST) {
        gaps.add(gap);
      }
    }
    if (json.currentToken() != JsonToken.END_ARRAY) {
      throw new RunFormatException("a list of objects is expected");
    }
    return gaps;
  }

  private static LongGap readOne(JsonParser json) throws IOException {
    long after = 0;
    long event = 0;
    long nanos = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case AFTER -> after = json.getLongValue();
        case EVENT -> event = json.getLongValue();
        case LENGTH -> nanos = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    return new LongGap(after, event, nanos);
  }
}
