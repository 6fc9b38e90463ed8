package dev.latencylens.results.stats.verdict;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The one-sided sign-flip test of paired differences: where nothing changed, each difference was as
 * likely to have the other sign (Fisher: The Design of Experiments, 1935, section 21). The p value
 * is the share of all 2<sup>F</sup> choices of signs whose sum is at least as extreme as the
 * observed one. From 21 blocks on, that share is estimated from 999,999 seeded draws, to which the
 * observed choice is added; it then can't fall below {@value #RESOLUTION}. The order of the
 * differences does not matter.
 *
 * @param slower the p value of a sum as large as this one, above 0, at most 1
 * @param faster the p value of a sum as small as this one, above 0, at most 1
 * @param exact whether all choices were summed
 */
public record SignFlip(double slower, double faster, boolean exact) {
  /** The most blocks for which all choices of signs are summed. */
  public static final int MOST_EXACT_BLOCKS = 20;

  /** The smallest p value beyond {@link #MOST_EXACT_BLOCKS}. */
  public static final double RESOLUTION = 1e-6;

  private static final int DRAWS = 999_999;
  private static final long SEED = 0x51f15eedL;
  // Sums that differ only by rounding are ties, and ties count as extreme.
  private static final double ROUNDING = 1e-12;

  /**
   * Tests differences against no change.
   *
   * @param differences one a block, finite, at least one; positive where the candidate is slower
   * @return both p values
   * @throws IllegalArgumentException if there is no difference, or one is not finite
   */
  public static SignFlip of(double... differences) {
    if (differences.length == 0 || !Arrays.stream(differences).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("finite differences are expected, at least one");
    }
    double[] sizes = Arrays.stream(differences).map(Math::abs).sorted().toArray();
    double observed = Arrays.stream(differences).sorted().sum();
    double tolerance = ROUNDING * Arrays.stream(sizes).sum();
    Tally tally = new Tally(sizes, observed - tolerance, observed + tolerance);
    if (sizes.length <= MOST_EXACT_BLOCKS) {
      tally.all(0, 0);
      double choices = 1L << sizes.length;
      return new SignFlip(tally.atLeast / choices, tally.atMost / choices, true);
    }
    tally.draw(RandomSource.XO_SHI_RO_256_PP.create(SEED));
    return new SignFlip(
        (tally.atLeast + 1) / (DRAWS + 1.0), (tally.atMost + 1) / (DRAWS + 1.0), false);
  }

  /**
   * The smallest p value that so many blocks can give.
   *
   * @param blocks 1 or more
   * @return above 0, at most 0.5
   */
  public static double smallest(int blocks) {
    return blocks <= MOST_EXACT_BLOCKS ? Math.pow(2, -blocks) : RESOLUTION;
  }

  private static final class Tally {
    private final double[] sizes;
    private final double low;
    private final double high;
    private long atLeast;
    private long atMost;

    Tally(double[] sizes, double low, double high) {
      this.sizes = sizes;
      this.low = low;
      this.high = high;
    }

    void all(int from, double sum) {
      if (from == sizes.length) {
        count(sum);
      } else {
        all(from + 1, sum + sizes[from]);
        all(from + 1, sum - sizes[from]);
      }
    }

    void draw(UniformRandomProvider random) {
      for (int draw = 0; draw < DRAWS; draw++) {
        double sum = 0;
        long signs = 0;
        for (int i = 0; i < sizes.length; i++) {
          signs = i % Long.SIZE == 0 ? random.nextLong() : signs >>> 1;
          sum += (signs & 1) == 0 ? sizes[i] : -sizes[i];
        }
        count(sum);
      }
    }

    private void count(double sum) {
      if (sum >= low) {
        atLeast++;
      }
      if (sum <= high) {
        atMost++;
      }
    }
  }
}
