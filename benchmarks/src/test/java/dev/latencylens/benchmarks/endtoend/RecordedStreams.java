package dev.latencylens.benchmarks.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a run's {@code streams.jsonl}, in the order in which the streams were to start. */
final class RecordedStreams {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedStreams() {}

  static List<JsonNode> of(final Path run) throws IOException {
    final List<JsonNode> streams = new ArrayList<>();
    for (final String line : Files.readAllLines(run.resolve("streams.jsonl"))) {
      streams.add(JSON.readTree(line));
    }
    streams.sort(
        (one, other) ->
            Long.compare(
                one.path("intended_start_ns").asLong(), other.path("intended_start_ns").asLong()));
    return streams;
  }

  /** One field of each, where it has it. */
  static long[] values(final List<JsonNode> streams, final String field) {
    return streams.stream()
        .filter(stream -> stream.has(field))
        .mapToLong(stream -> stream.path(field).asLong())
        .toArray();
  }
}
