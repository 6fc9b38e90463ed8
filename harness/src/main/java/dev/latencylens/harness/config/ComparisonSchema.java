package dev.latencylens.harness.config;

import dev.latencylens.harness.config.Comparison.Margins;
import dev.latencylens.harness.config.Comparison.Measure;
import dev.latencylens.harness.config.Comparison.Pair;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The section {@code comparison}. */
final class ComparisonSchema {
  private static final int MOST_PAIRS = 1_000;

  private static final Key<Comparison, List<Measure>> METRICS =
      Key.withDefault(
          "metrics",
          new ListType<>(Types.oneOf(Measure.class), Measure.values().length),
          Comparison.DEFAULT.metrics(),
          Comparison::metrics,
          "The metrics that are judged, each by its p50, p95 and p99. The more are judged, the more"
              + " blocks a verdict takes.");

  private static final Key<Margins, Double> P50 = margin("p50", Margins::p50);
  private static final Key<Margins, Double> P95 = margin("p95", Margins::p95);
  private static final Key<Margins, Double> P99 = margin("p99", Margins::p99);

  private static final Key<Comparison, Margins> MARGINS =
      Key.withDefault(
          "margins",
          new Section<>(
              List.of(P50, P95, P99),
              values ->
                  Optional.of(new Margins(values.get(P50), values.get(P95), values.get(P99)))),
          Margins.DEFAULT,
          Comparison::margins,
          "From which change on a quantile counts as slower or faster; 0.05 is 5%.");

  private static final Key<Pair, String> BASELINE =
      Key.required("baseline", TextRules.nameType(), Pair::baseline, "The target that is there.");

  private static final Key<Pair, String> CANDIDATE =
      Key.required(
          "candidate",
          TextRules.nameType(),
          Pair::candidate,
          "The target that is to be no slower.");

  private static final Key<Comparison, List<Pair>> PAIRS =
      Key.optional(
          "pairs",
          new ListType<>(
              new Section<>(
                  List.of(BASELINE, CANDIDATE),
                  values -> Optional.of(new Pair(values.get(BASELINE), values.get(CANDIDATE)))),
              MOST_PAIRS),
          "none: the arms of a run are compared",
          comparison -> Optional.of(comparison.pairs()).filter(pairs -> !pairs.isEmpty()),
          "Targets of this file that are compared with each other, by name.");

  static final Section<Comparison> SECTION =
      new Section<>(List.of(METRICS, MARGINS, PAIRS), ComparisonSchema::build);

  private ComparisonSchema() {}

  private static Optional<Comparison> build(final Values values) {
    final List<Measure> metrics = values.get(METRICS);
    if (metrics.stream().distinct().count() != metrics.size()) {
      values.problem(METRICS, "metrics names one of them twice");
      return Optional.empty();
    }
    return Optional.of(
        new Comparison(metrics, values.get(MARGINS), values.find(PAIRS).orElseGet(List::of)));
  }

  private static Key<Margins, Double> margin(
      final String quantile, final Function<Margins, Double> of) {
    return Key.withDefault(
        quantile,
        Types.decimal(Margins.LEAST, Margins.MOST),
        of.apply(Margins.DEFAULT),
        of,
        "The margin of the " + quantile + ", as a share.");
  }
}
