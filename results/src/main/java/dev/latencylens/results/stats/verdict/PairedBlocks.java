package dev.latencylens.results.stats.verdict;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * One quantile of two cells that ran in the same blocks, as log ratios: {@code d = ln(candidate /
 * baseline)} of each block. What the machine or the server did in a block happened to both, and
 * cancels. Immutable; the order of the blocks does not matter, to the last bit.
 */
public final class PairedBlocks {
  private static final double ONE_BOUND = 0.05;

  private final double[] differences;
  private final boolean candidateCensored;

  private PairedBlocks(double[] differences, boolean candidateCensored) {
    this.differences = differences;
    this.candidateCensored = candidateCensored;
  }

  /**
   * Pairs quantiles, block by block.
   *
   * @param baseline above 0, one a block, at least 3
   * @param candidate above 0, as many
   * @return the log ratios
   * @throws IllegalArgumentException if the numbers of blocks differ or are below 3, or a quantile
   *     is not finite and above 0
   */
  public static PairedBlocks of(double[] baseline, double[] candidate) {
    return of(baseline, candidate, false);
  }

  /**
   * Pairs quantiles, some of the candidate's being lower bounds.
   *
   * @param baseline above 0, one a block, at least 3
   * @param candidate above 0, as many
   * @param candidateCensored whether at least one of the candidate's is only a lower bound
   * @return the log ratios
   * @throws IllegalArgumentException if the numbers of blocks differ or are below 3, or a quantile
   *     is not finite and above 0
   */
  public static PairedBlocks of(double[] baseline, double[] candidate, boolean candidateCensored) {
    if (baseline.length != candidate.length || baseline.length < 3) {
      throw new IllegalArgumentException(
          "as many blocks of both are expected, at least 3: "
              + baseline.length
              + " and "
              + candidate.length);
    }
    double[] differences = new double[baseline.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.log(positive(candidate[i])) - Math.log(positive(baseline[i]));
    }
    Arrays.sort(differences);
    return new PairedBlocks(differences, candidateCensored);
  }

  /**
   * How many blocks there are.
   *
   * @return 3 or more
   */
  public int count() {
    return differences.length;
  }

  /**
   * Whether the candidate's quantile is only a lower bound in some block, and so the effect too.
   *
   * @return whether it is
   */
  public boolean candidateCensored() {
    return candidateCensored;
  }

  /**
   * The standard deviation of the log ratios.
   *
   * @return 0 or more
   */
  public double spread() {
    return StandardDeviation.of(differences).getAsDouble();
  }

  /**
   * The candidate over the baseline.
   *
   * @return the effect and its bounds
   */
  public Effect effect() {
    double mean = Mean.of(differences).getAsDouble();
    double width =
        TDistribution.of(count() - 1).inverseSurvivalProbability(ONE_BOUND)
            * spread()
            / Math.sqrt(count());
    return new Effect(Math.exp(mean), Math.exp(mean - width), Math.exp(mean + width));
  }

  /**
   * Tests against no change.
   *
   * @return both p values, not adjusted
   */
  public SignFlip test() {
    return SignFlip.of(differences);
  }

  private static double positive(double quantile) {
    if (!(quantile > 0 && quantile < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a finite time above 0 is expected: " + quantile);
    }
    return quantile;
  }

  /**
   * A ratio of quantiles, the candidate's over the baseline's. Each bound holds in 95 of 100 runs
   * by Student's t with F − 1 degrees of freedom, and both in 90 of 100: that is the pair which the
   * verdict {@code same} needs at 5% (Schuirmann's two one-sided tests, Journal of Pharmacokinetics
   * and Biopharmaceutics 15, 1987).
   *
   * @param ratio the geometric mean over the blocks; 1.1 is 10% slower
   * @param low the lower bound
   * @param high the upper bound
   */
  public record Effect(double ratio, double low, double high) {}
}
