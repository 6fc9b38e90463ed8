package dev.latencylens.benchmarks.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A run as if its blocks had been measured many times: every round of it again under numbers of its
 * own, with its streams and its histograms. Immutable.
 */
final class MultipliedRun {
  private static final String MANIFEST = "manifest.json";
  private static final String ROUNDS = "rounds";
  private static final String STREAMS = "streams.jsonl";
  private static final String ROUND = "round";
  private static final String BLOCK = "block";
  private static final String BLOCKS = "blocks";
  private static final Pattern LINE_START =
      Pattern.compile("^\\{\"round\":(\\d+),(\"cell\":\"[^\"]+\",\"stream\":\"r)\\d+-");

  private final Path source;
  private final JsonNode manifest;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Takes a run.
   *
   * @param source the directory of a finished run
   * @throws IOException if it has no manifest
   */
  MultipliedRun(final Path source) throws IOException {
    this.source = source;
    manifest = json.readTree(source.resolve(MANIFEST).toFile());
  }

  /** How many streams it has. */
  long streams() throws IOException {
    try (Stream<String> lines = Files.lines(source.resolve(STREAMS))) {
      return lines.count();
    }
  }

  /**
   * Writes it, several times as large.
   *
   * @param target a directory that is not there
   * @param times how often each block comes, from 1
   */
  void write(final Path target, final int times) throws IOException {
    Files.createDirectory(target);
    Files.copy(source.resolve("jmh.json"), target.resolve("jmh.json"));
    Files.createDirectory(target.resolve(ROUNDS));
    final ObjectNode whole = manifest.deepCopy();
    final ArrayNode planned = whole.putArray(ROUNDS);
    whole.put(BLOCKS, times * manifest.path(BLOCKS).asInt());
    for (int k = 0; k < times; k++) {
      for (final JsonNode slot : manifest.path(ROUNDS)) {
        planned.add(moved(slot, k));
        final String cell = slot.path("cell").asText();
        final int round = slot.path(ROUND).asInt();
        final String from = file(round);
        final String to = file(round + k * rounds());
        json.writeValue(
            target.resolve(ROUNDS).resolve(to + ".json").toFile(),
            moved(json.readTree(source.resolve(ROUNDS).resolve(from + ".json").toFile()), k));
        final Path histograms = target.resolve("histograms").resolve(cell);
        Files.createDirectories(histograms);
        Files.copy(
            source.resolve("histograms").resolve(cell).resolve(from + ".hlog"),
            histograms.resolve(to + ".hlog"));
      }
    }
    json.writeValue(target.resolve(MANIFEST).toFile(), whole);
    writeStreams(target.resolve(STREAMS), times);
  }

  private void writeStreams(final Path target, final int times) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(target)) {
      for (int k = 0; k < times; k++) {
        try (BufferedReader reader = Files.newBufferedReader(source.resolve(STREAMS))) {
          for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            final Matcher start = LINE_START.matcher(line);
            if (!start.find()) {
              throw new IOException(source.resolve(STREAMS) + " has a line of another form");
            }
            final int round = Integer.parseInt(start.group(1)) + k * rounds();
            writer.write("{\"round\":" + round + "," + start.group(2) + round + "-");
            writer.write(line, start.end(), line.length() - start.end());
            writer.write('\n');
          }
        }
      }
    }
  }

  private int rounds() {
    return manifest.path(ROUNDS).size();
  }

  private ObjectNode moved(final JsonNode round, final int k) {
    final ObjectNode moved = round.deepCopy();
    moved.put(ROUND, round.path(ROUND).asInt() + k * rounds());
    moved.put(BLOCK, round.path(BLOCK).asInt() + k * manifest.path(BLOCKS).asInt());
    return moved;
  }

  private static String file(final int round) {
    return String.format(Locale.ROOT, "%04d", round);
  }

  /** What a run directory must have to be multiplied. */
  static List<String> files() {
    return List.of(MANIFEST, STREAMS, "jmh.json");
  }
}
