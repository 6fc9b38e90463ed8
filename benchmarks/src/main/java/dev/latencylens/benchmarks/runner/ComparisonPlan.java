package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Comparison;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.PlannedComparisons;
import dev.latencylens.results.run.PlannedComparisons.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which cells of a plan are to be compared, and by what. Stateless. */
final class ComparisonPlan {
  private ComparisonPlan() {}

  /**
   * The comparisons of a plan: of the first arm with each other arm, target by target and load by
   * load; in a run without arms, of the pairs that its configuration names.
   *
   * @return empty where nothing is to be compared
   */
  static Optional<PlannedComparisons> of(final RunPlan plan) {
    final List<Pair> pairs = plan.arms().size() > 1 ? ofArms(plan) : ofTargets(plan);
    final Comparison comparison = plan.configuration().comparison();
    return pairs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new PlannedComparisons(
                comparison.metrics().stream()
                    .map(metric -> metric.name().toLowerCase(Locale.ROOT))
                    .toList(),
                Map.of(
                    "p50", comparison.margins().p50(),
                    "p95", comparison.margins().p95(),
                    "p99", comparison.margins().p99()),
                pairs));
  }

  private static List<Pair> ofArms(final RunPlan plan) {
    final Arm baseline = plan.arms().get(0);
    final List<Pair> pairs = new ArrayList<>();
    for (final Arm candidate : plan.arms().subList(1, plan.arms().size())) {
      final Map<String, String> twins = Arms.twins(baseline, candidate);
      for (final PlannedCell cell : plan.cells()) {
        if (cell.arm().equals(baseline)) {
          final String twin = twins.get(baseline.configured(cell.target()));
          if (twin != null) {
            pairs.add(pair(plan, cell, candidate, twin));
          }
        }
      }
    }
    return pairs;
  }

  private static List<Pair> ofTargets(final RunPlan plan) {
    final List<Pair> pairs = new ArrayList<>();
    for (final Comparison.Pair pair : plan.configuration().comparison().pairs()) {
      for (final PlannedCell cell : plan.cells()) {
        if (cell.target().name().equals(pair.baseline())) {
          pairs.add(pair(plan, cell, cell.arm(), pair.candidate()));
        }
      }
    }
    return pairs;
  }

  private static Pair pair(
      final RunPlan plan, final PlannedCell baseline, final Arm arm, final String target) {
    final List<PlannedCell> cells = plan.cells();
    for (int i = 0; i < cells.size(); i++) {
      final PlannedCell cell = cells.get(i);
      if (cell.arm().equals(arm)
          && arm.configured(cell.target()).equals(target)
          && cell.load().equals(baseline.load())) {
        return new Pair(Cell.idAt(cells.indexOf(baseline)), Cell.idAt(i));
      }
    }
    throw new IllegalStateException("every target runs under every load");
  }
}
