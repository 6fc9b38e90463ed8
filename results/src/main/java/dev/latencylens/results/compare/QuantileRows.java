package dev.latencylens.results.compare;

import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.stats.verdict.Adjustment;
import dev.latencylens.results.stats.verdict.BlockPairing;
import dev.latencylens.results.stats.verdict.PairedBlocks;
import dev.latencylens.results.stats.verdict.Power;
import dev.latencylens.results.stats.verdict.SignFlip;
import dev.latencylens.results.table.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Measures compared quantiles; what is said of them is for others. Stateless. */
final class QuantileRows {
  /** The least blocks for an effect with bounds. */
  private static final int LEAST_FOR_AN_EFFECT = 3;

  private QuantileRows() {}

  /** One quantile of a pair, nothing said of it yet. */
  static ComparedQuantile row(BlockPair pair, Metric metric, JudgedQuantile quantile) {
    Optional<PairedBlocks> blocks = paired(pair, metric, quantile);
    return new ComparedQuantile(
        pair.baseline(),
        pair.candidate(),
        metric,
        quantile,
        BlockPair.mean(pair.quantiles(pair.baseline(), metric, quantile)),
        BlockPair.mean(pair.quantiles(pair.candidate(), metric, quantile)),
        pair.pooled(pair.baseline(), metric, quantile),
        pair.pooled(pair.candidate(), metric, quantile),
        blocks.map(PairedBlocks::effect),
        OptionalDouble.empty(),
        blocks
            .map(all -> OptionalDouble.of(Power.minimumDetectable(all.spread(), all.count())))
            .orElseGet(OptionalDouble::empty),
        pair.late(metric, quantile),
        Standing.EXPLORATORY,
        Optional.empty(),
        OptionalInt.empty());
  }

  /** Whether the blocks of a quantile can be paired at all. */
  static BlockPairing pairing(BlockPair pair, Metric metric, JudgedQuantile quantile) {
    List<Statistic> before = pair.quantiles(pair.baseline(), metric, quantile);
    List<Statistic> after = pair.quantiles(pair.candidate(), metric, quantile);
    return pair.count() < LEAST_FOR_AN_EFFECT
            || BlockPair.mean(before) instanceof Statistic.Absent
            || BlockPair.mean(after) instanceof Statistic.Absent
        ? new BlockPairing.Unjudged("a block has too few readings")
        : BlockPairing.of(before, after);
  }

  private static Optional<PairedBlocks> paired(
      BlockPair pair, Metric metric, JudgedQuantile quantile) {
    return pairing(pair, metric, quantile) instanceof BlockPairing.Paired paired
        ? Optional.of(paired.blocks())
        : Optional.empty();
  }

  /**
   * Rows for exploration: the p values are two-sided and adjusted by Benjamini and Hochberg over
   * all of them.
   */
  static List<ComparedQuantile> explored(List<BlockPair> pairs, List<Metric> metrics) {
    List<ComparedQuantile> rows = new ArrayList<>();
    List<Integer> tested = new ArrayList<>();
    List<Double> p = new ArrayList<>();
    for (BlockPair pair : pairs) {
      for (Metric metric : metrics) {
        for (JudgedQuantile quantile : JudgedQuantile.values()) {
          Optional<PairedBlocks> blocks = paired(pair, metric, quantile);
          if (blocks.isPresent() && !blocks.get().candidateCensored()) {
            SignFlip test = blocks.get().test();
            tested.add(rows.size());
            p.add(Math.min(1, 2 * Math.min(test.slower(), test.faster())));
          }
          rows.add(row(pair, metric, quantile));
        }
      }
    }
    double[] adjusted =
        Adjustment.benjaminiHochberg(p.stream().mapToDouble(Double::doubleValue).toArray());
    for (int i = 0; i < adjusted.length; i++) {
      int at = tested.get(i);
      rows.set(at, rows.get(at).withP(adjusted[i]));
    }
    return List.copyOf(rows);
  }
}
