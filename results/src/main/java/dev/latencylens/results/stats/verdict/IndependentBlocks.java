package dev.latencylens.results.stats.verdict;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * One quantile of two cells that ran in blocks of their own: a ratio with bounds by Welch's t on
 * the logarithms ("The Generalization of 'Student's' Problem when Several Different Population
 * Variances are Involved", Biometrika 34, 1947). The bounds hold for blocks of these two sessions;
 * they know nothing of what lies between sessions, so nothing is tested with them.
 */
public final class IndependentBlocks {
  private static final double ONE_BOUND = 0.05;

  private IndependentBlocks() {}

  /**
   * The candidate over the baseline.
   *
   * @param baseline finite and above 0, one a block
   * @param candidate finite and above 0, one a block
   * @return the ratio of the geometric means and its bounds, each of which holds in 95 of 100 pairs
   *     of such sessions; empty with fewer than two blocks of either
   */
  public static Optional<PairedBlocks.Effect> effect(double[] baseline, double[] candidate) {
    if (baseline.length < 2 || candidate.length < 2) {
      return Optional.empty();
    }
    double[] before = Arrays.stream(baseline).map(Math::log).sorted().toArray();
    double[] after = Arrays.stream(candidate).map(Math::log).sorted().toArray();
    double difference = Mean.of(after).getAsDouble() - Mean.of(before).getAsDouble();
    double one = Variance.of(before).getAsDouble() / before.length;
    double other = Variance.of(after).getAsDouble() / after.length;
    double width = 0;
    if (one + other > 0) {
      double degrees =
          (one + other)
              * (one + other)
              / (one * one / (before.length - 1) + other * other / (after.length - 1));
      width =
          TDistribution.of(degrees).inverseSurvivalProbability(ONE_BOUND) * Math.sqrt(one + other);
    }
    return Optional.of(
        new PairedBlocks.Effect(
            Math.exp(difference), Math.exp(difference - width), Math.exp(difference + width)));
  }
}
