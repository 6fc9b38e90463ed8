package dev.latencylens.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the scores of each fork out of {@code jmh.json}: of JMH's own format the {@code rawData} of
 * the secondary metrics, which has an array for each fork. Stateless.
 */
public final class JmhForks {
  private JmhForks() {}

  /**
   * The forks of each cell, in the order in which they ran; those without stream metrics, which
   * broke off, are left out.
   *
   * @param jmh what {@link RunDirectory#readJmh} found
   * @return by the cell's id
   * @throws RunFormatException if it is not an array of JMH's results of this suite
   */
  public static Map<String, List<ForkScores>> byCell(JsonNode jmh) throws RunFormatException {
    if (!jmh.isArray()) {
      throw damaged("it is not an array of results");
    }
    Map<String, List<ForkScores>> byCell = new TreeMap<>();
    for (JsonNode entry : jmh) {
      JsonNode cell = entry.path("cell");
      JsonNode secondary = entry.path("secondaryMetrics");
      if (!cell.isTextual() || !secondary.isObject()) {
        throw damaged("a result names no cell, or has no secondary metrics");
      }
      List<ForkScores> forks = byCell.computeIfAbsent(cell.asText(), id -> new ArrayList<>());
      int count = entry.path("primaryMetric").path("rawData").size();
      for (int fork = 0; fork < count; fork++) {
        Optional<ForkScores> scores = fork(secondary, fork);
        if (scores.isPresent()) {
          forks.add(checked(scores.get()));
        }
      }
    }
    return byCell;
  }

  private static Optional<ForkScores> fork(JsonNode secondary, int fork) {
    Map<String, Double> scores = new HashMap<>();
    secondary
        .properties()
        .forEach(
            metric -> {
              // One iteration a fork; a label that the fork does not have leaves its array empty.
              JsonNode score = metric.getValue().path("rawData").path(fork).path(0);
              if (score.isNumber()) {
                scores.put(metric.getKey(), score.asDouble());
              }
            });
    return ForkScores.of(scores);
  }

  private static ForkScores checked(ForkScores scores) throws RunFormatException {
    try {
      scores.load();
      return scores;
    } catch (IllegalArgumentException e) {
      throw damaged("a count is none");
    }
  }

  private static RunFormatException damaged(String why) {
    return new RunFormatException(
        RunDirectory.JMH + " is damaged, or was not written by this suite (" + why + ")");
  }
}
