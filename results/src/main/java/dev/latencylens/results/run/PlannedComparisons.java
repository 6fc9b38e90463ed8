package dev.latencylens.results.run;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The comparisons that a run was made for, stated before its first request: what is judged, by
 * which margins, and how many tests that is. Nothing else of the run can get a verdict.
 *
 * @param metrics the names of the metrics that are judged, such as {@code ttft}
 * @param margins for each judged quantile ({@code p50}, {@code p95}, {@code p99}) the share from
 *     which on a change matters
 * @param pairs the cells that are compared
 */
public record PlannedComparisons(
    List<String> metrics, Map<String, Double> margins, List<Pair> pairs) {

  /**
   * Two cells of the run.
   *
   * @param baseline the id of the cell that is there
   * @param candidate the id of the cell that is to be no slower
   */
  public record Pair(String baseline, String candidate) {
    /** Checks the form of the ids. */
    public Pair {
      Cell.requireId(baseline);
      Cell.requireId(candidate);
    }
  }

  /**
   * Copies the collections, the margins in the order of their names.
   *
   * @throws IllegalArgumentException if a margin is not above 0, or there is nothing to judge
   */
  public PlannedComparisons {
    metrics = List.copyOf(metrics);
    margins = Collections.unmodifiableMap(new TreeMap<>(margins));
    pairs = List.copyOf(pairs);
    if (metrics.isEmpty() || margins.isEmpty() || pairs.isEmpty()) {
      throw new IllegalArgumentException("a comparison needs metrics, margins and cells");
    }
    for (double margin : margins.values()) {
      if (!(margin > 0)) {
        throw new IllegalArgumentException("a margin is above 0");
      }
    }
  }

  /** The comparisons of cells that are still there. */
  Optional<PlannedComparisons> among(Set<String> cells) {
    List<Pair> left =
        pairs.stream()
            .filter(pair -> cells.contains(pair.baseline()) && cells.contains(pair.candidate()))
            .toList();
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(new PlannedComparisons(metrics, margins, left));
  }

  /**
   * How many tests are made, each of which could raise a false alarm.
   *
   * @return pairs times metrics times quantiles
   */
  public int tests() {
    return Math.multiplyExact(Math.multiplyExact(pairs.size(), metrics.size()), margins.size());
  }
}
