package dev.latencylens.results.stats.verdict;

import dev.latencylens.results.stats.Statistic;
import java.util.List;

/**
 * Whether the quantiles of two cells can be paired at all. A censored quantile gives no verdict,
 * except where only the candidate's is: its deadline then is its lower bound, and it may be slower.
 */
public sealed interface BlockPairing {

  /**
   * They can.
   *
   * @param blocks the log ratios
   */
  record Paired(PairedBlocks blocks) implements BlockPairing {}

  /**
   * They can't, so there is no verdict.
   *
   * @param reason why, in a few words for a person
   */
  record Unjudged(String reason) implements BlockPairing {}

  /**
   * Pairs quantiles, block by block.
   *
   * @param baseline one a block, at least 3
   * @param candidate as many, of the same blocks in the same order
   * @return the log ratios, or why there are none
   * @throws IllegalArgumentException if the numbers of blocks differ or are below 3, or a quantile
   *     is not above 0
   */
  static BlockPairing of(List<Statistic> baseline, List<Statistic> candidate) {
    if (baseline.stream().anyMatch(Statistic.Censored.class::isInstance)) {
      return new Unjudged("the baseline is censored");
    }
    if (!baseline.stream().allMatch(BlockPairing::known)
        || !candidate.stream().allMatch(BlockPairing::known)) {
      return new Unjudged("a block has too few readings");
    }
    return new Paired(
        PairedBlocks.of(
            baseline.stream().mapToDouble(BlockPairing::number).toArray(),
            candidate.stream().mapToDouble(BlockPairing::number).toArray(),
            candidate.stream().anyMatch(Statistic.Censored.class::isInstance)));
  }

  private static boolean known(Statistic statistic) {
    return statistic instanceof Statistic.Value || statistic instanceof Statistic.Censored;
  }

  private static double number(Statistic statistic) {
    if (statistic instanceof Statistic.Value value) {
      return value.value();
    }
    return statistic instanceof Statistic.Censored censored ? censored.limit() : Double.NaN;
  }
}
