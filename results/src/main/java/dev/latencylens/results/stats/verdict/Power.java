package dev.latencylens.results.stats.verdict;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What a number of blocks can find: by the normal approximation of a one-sided test at 5%, with two
 * blocks taken off for the spread that has to be estimated as well. The spread is the standard
 * deviation of the log ratios between blocks. All figures are before the adjustment for several
 * comparisons.
 */
public final class Power {
  /** The level of the family of tests. */
  public static final double LEVEL = 0.05;

  /** The expected power from which a quantile may be gated. */
  public static final double ENOUGH = 0.8;

  /** The least blocks of a run with arms. */
  public static final int LEAST_BLOCKS = 6;

  private static final int FOR_THE_SPREAD = 2;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double CRITICAL = NORMAL.inverseSurvivalProbability(LEVEL);
  // 1.645 + 0.842 = 2.49
  private static final double DETECTABLE = CRITICAL + NORMAL.inverseCumulativeProbability(ENOUGH);

  private Power() {}

  /**
   * The blocks for which a change of the margin is found with 80% power.
   *
   * @param spread 0 or more
   * @param margin a share above 0, such as 0.05
   * @return {@code (2.49 spread / ln(1 + margin))² + 2}, rounded up, at least {@link
   *     #LEAST_BLOCKS}; {@link Integer#MAX_VALUE} where it is beyond all counting
   */
  public static int blocksToSettle(double spread, double margin) {
    double root = DETECTABLE * spread / Math.log1p(positive(margin));
    return (int) Math.max(LEAST_BLOCKS, Math.ceil(root * root + FOR_THE_SPREAD));
  }

  /**
   * The smallest change that is found with 80% power.
   *
   * @param spread 0 or more
   * @param blocks 3 or more
   * @return a share: 0.1 is 10% slower
   */
  public static double minimumDetectable(double spread, int blocks) {
    return Math.expm1(DETECTABLE * spread / Math.sqrt(effective(blocks)));
  }

  /**
   * The chance to find a change of the margin.
   *
   * @param spread 0 or more
   * @param blocks 3 or more
   * @param margin a share above 0
   * @return from 0.05 to 1
   */
  public static double expected(double spread, int blocks, double margin) {
    double change = Math.log1p(positive(margin));
    return spread == 0
        ? 1
        : NORMAL.cumulativeProbability(change * Math.sqrt(effective(blocks)) / spread - CRITICAL);
  }

  /**
   * Whether so many blocks can give a verdict at all on so many comparisons.
   *
   * @param blocks 1 or more
   * @param comparisons planned cells times gated quantiles, 1 or more
   * @return whether the smallest p value reaches the first corrected level
   */
  public static boolean canReach(int blocks, int comparisons) {
    return SignFlip.smallest(blocks) <= LEVEL / atLeastOne(comparisons);
  }

  /**
   * The least blocks that can give a verdict on so many comparisons.
   *
   * @param comparisons planned cells times gated quantiles, from 1 to 50,000
   * @return {@link #LEAST_BLOCKS} or more
   * @throws IllegalArgumentException if there are more comparisons than any number of blocks
   *     carries
   */
  public static int leastBlocks(int comparisons) {
    for (int blocks = LEAST_BLOCKS; blocks <= SignFlip.MOST_EXACT_BLOCKS + 1; blocks++) {
      if (canReach(blocks, comparisons)) {
        return blocks;
      }
    }
    throw new IllegalArgumentException(
        "no number of blocks carries " + comparisons + " comparisons: plan at most 50000");
  }

  private static int atLeastOne(int comparisons) {
    if (comparisons < 1) {
      throw new IllegalArgumentException("at least one comparison is expected: " + comparisons);
    }
    return comparisons;
  }

  private static int effective(int blocks) {
    if (blocks <= FOR_THE_SPREAD) {
      throw new IllegalArgumentException("at least 3 blocks are expected: " + blocks);
    }
    return blocks - FOR_THE_SPREAD;
  }

  private static double positive(double margin) {
    if (!(margin > 0)) {
      throw new IllegalArgumentException("a margin above 0 is expected: " + margin);
    }
    return margin;
  }
}
