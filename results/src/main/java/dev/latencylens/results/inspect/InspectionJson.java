package dev.latencylens.results.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.run.LongGap;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import java.util.OptionalDouble;

/**
 * An inspection as JSON, for programs. A stream's fields are those of {@code streams.jsonl}, but
 * for its encoded histogram and its rate limits; a round's figures are those of its file.
 * Stateless.
 */
final class InspectionJson {
  /** All but ASCII escaped: whatever shows it, no text in it does more than be read. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private InspectionJson() {}

  /** One object, ending with a line end. */
  static String render(Inspection inspection) throws JsonProcessingException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("run", inspection.manifest().name());
    json.put("by", inspection.selection().ranking().metric());
    json.put("streams_seen", inspection.seen());
    json.put("streams_matching", inspection.matching());
    json.put("streams_unranked", inspection.unranked());
    ArrayNode streams = json.putArray("streams");
    for (StreamLine line : inspection.streams()) {
      ObjectNode stream = streams.addObject();
      stream(line, stream);
      stream.put("censored", inspection.selection().ranking().isCensored(line));
    }
    ArrayNode rounds = json.putArray("rounds");
    inspection.rounds().values().forEach(health -> round(health, rounds.addObject()));
    ArrayNode warnings = json.putArray("warnings");
    inspection.warnings().forEach(warnings::add);
    String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    return text.replace("\r\n", "\n") + "\n";
  }

  private static void stream(StreamLine line, ObjectNode json) {
    json.put("stream", line.stream());
    json.put("cell", line.cell());
    json.put("round", line.round());
    json.put("outcome", line.outcome());
    line.httpStatus().ifPresent(status -> json.put("http_status", status));
    for (StreamTime time : StreamTime.values()) {
      line.time(time).ifPresent(nanos -> json.put(time.field(), nanos));
    }
    line.tpotNanos().ifPresent(nanos -> json.put("tpot_ns", nanos));
    for (StreamCount count : StreamCount.values()) {
      line.count(count).ifPresent(value -> json.put(count.field(), value));
    }
    json.put("tokens_estimated", line.tokensEstimated());
    for (StreamText text : StreamText.values()) {
      line.text(text).ifPresent(value -> json.put(text.field(), value));
    }
    ArrayNode gaps = json.putArray("longest_gaps");
    for (LongGap gap : line.longestGaps()) {
      gaps.addObject()
          .put("after_ns", gap.afterNanos())
          .put("event", gap.event())
          .put("gap_ns", gap.nanos());
    }
  }

  private static void round(RoundHealth health, ObjectNode json) {
    json.put("round", health.round().round());
    json.put("block", health.round().block());
    json.put("cell", health.round().cell());
    ObjectNode figures = json.putObject("health");
    health.round().health().forEach(figures::put);
    json.put("instrument_error_source", health.errorSource());
    put(json, "instrument_error_p50_ms", health.errorP50Millis());
    put(json, "instrument_error_max_ms", health.errorMaxMillis());
  }

  private static void put(ObjectNode json, String field, OptionalDouble value) {
    value.ifPresent(present -> json.put(field, present));
  }
}
