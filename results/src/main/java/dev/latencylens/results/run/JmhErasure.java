package dev.latencylens.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Takes cells out of {@code jmh.json}. JMH's format has no place for a cell's id, so an entry is
 * known by its {@code cell} field where the runner wrote one, else by the raw data of its forks,
 * which the rounds repeat. What can't be shown to be of a cell that stays, goes.
 */
final class JmhErasure {
  private JmhErasure() {}

  static void remove(RunDirectory run, Set<String> erased) throws IOException {
    Path file = run.path().resolve(RunDirectory.JMH);
    if (!Files.exists(file) || erased.isEmpty()) {
      return;
    }
    Set<JsonNode> kept = new HashSet<>();
    Set<JsonNode> gone = new HashSet<>();
    for (Round round : run.rounds().rounds()) {
      Set<JsonNode> forks = erased.contains(round.cell()) ? gone : kept;
      round.jmh().forEach(entry -> forks(entry).forEach(forks::add));
    }
    kept.removeAll(gone);
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    JsonNode all;
    try {
      all = RunJson.tree(file);
    } catch (RunFormatException e) {
      // A damaged file may hold anything; the rounds that stay still have their results.
      all = left;
    }
    for (JsonNode entry : all) {
      if (entry.has("cell")
          ? !erased.contains(entry.path("cell").asText())
          : stays(forks(entry), kept)) {
        left.add(entry);
      }
    }
    run.writeJmh(left);
  }

  private static boolean stays(JsonNode forks, Set<JsonNode> kept) {
    for (JsonNode fork : forks) {
      if (!kept.contains(fork)) {
        return false;
      }
    }
    return !forks.isEmpty();
  }

  private static JsonNode forks(JsonNode entry) {
    return entry.path("primaryMetric").path("rawData");
  }
}
