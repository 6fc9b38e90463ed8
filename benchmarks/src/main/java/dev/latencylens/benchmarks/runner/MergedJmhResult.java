package dev.latencylens.benchmarks.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * Merges the rounds of each cell to one JMH result, as if JMH had run them as the forks of one
 * benchmark. JMH's own classes do the merging and the writing. Not thread-safe.
 */
final class MergedJmhResult {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, List<RunResult>> roundsByCell = new TreeMap<>();
  private final Map<String, JsonNode> entryByCell = new TreeMap<>();

  /**
   * Adds a finished round. Only its own cell is merged anew: JMH takes long to write an entry.
   *
   * @param cell the cell's id
   * @param round JMH's result of the round
   * @throws IOException if JMH writes no valid JSON
   */
  void add(final String cell, final RunResult round) throws IOException {
    final List<RunResult> rounds = roundsByCell.computeIfAbsent(cell, first -> new ArrayList<>());
    rounds.add(round);
    final List<BenchmarkResult> forks = new ArrayList<>();
    rounds.forEach(each -> forks.addAll(each.getBenchmarkResults()));
    final JsonNode entry = toJson(new RunResult(rounds.get(0).getParams(), forks)).get(0);
    // Each round asked for one fork; the merged entry has as many as there were rounds.
    ((ObjectNode) entry).put("forks", forks.size());
    // Two targets may have the same parameters: an erasure must tell whose entry this is.
    ((ObjectNode) entry).put("cell", cell);
    entryByCell.put(cell, entry);
  }

  /**
   * The merged result.
   *
   * @return what JMH's JSON format writes, one entry a cell
   */
  ArrayNode toJson() {
    return JSON.createArrayNode().addAll(entryByCell.values());
  }

  /** What stands for the result of a round that has none. */
  static ArrayNode none() {
    return JSON.createArrayNode();
  }

  /** What JMH's JSON format writes of one result: an array of one entry. */
  static ArrayNode toJson(final RunResult result) throws IOException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(result));
    }
    final ArrayNode entries = (ArrayNode) JSON.readTree(bytes.toByteArray());
    // The Java that ran, and not the script that started it with a clean environment.
    entries.forEach(entry -> ((ObjectNode) entry).put("jvm", CleanLaunch.JAVA.toString()));
    return entries;
  }
}
