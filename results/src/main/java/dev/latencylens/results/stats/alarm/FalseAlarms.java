package dev.latencylens.results.stats.alarm;

import dev.latencylens.results.stats.verdict.Adjustment;
import dev.latencylens.results.stats.verdict.PairedBlocks;
import dev.latencylens.results.stats.verdict.Power;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * How often each design and test says "slower", one-sided at 5% and before the margin, over many
 * simulated data sets. The same seed gives the same table on every machine with the same math
 * library.
 */
public final class FalseAlarms {
  private static final double SLOWDOWN = 0.10;
  private static final double[] QUANTILES = {0.50, 0.95, 0.99};

  private FalseAlarms() {}

  /** What a row does with each data set. */
  public enum Design {
    /** The paired sign-flip test on interleaved blocks, where nothing changed. */
    NO_CHANGE("paired blocks, no change"),
    /** The same where the second arm is 10% slower. */
    SLOWER_BY_TENTH("paired blocks, +10%"),
    /** The same test on arms of two sessions, where nothing changed: a negative control. */
    SEPARATE_SESSIONS("separate sessions, no change"),
    /** Mann-Whitney on all requests, where nothing changed: a negative control. */
    POOLED_REQUESTS("pooled Mann-Whitney, no change");

    private final String label;

    Design(String label) {
      this.label = label;
    }

    /**
     * The name in tables.
     *
     * @return a few words
     */
    public String label() {
      return label;
    }
  }

  /** A test of a row. */
  public enum Test {
    /** Of the median, not adjusted. */
    P50,
    /** Of the 95th percentile, not adjusted. */
    P95,
    /** Of the 99th percentile, not adjusted. */
    P99,
    /** Whether Holm's adjustment leaves any of the three. */
    HOLM,
    /** Of all requests of all blocks. */
    POOLED
  }

  /**
   * How often a test rejected.
   *
   * @param design the row
   * @param test the test
   * @param rejected from 0 to {@code dataSets}
   * @param dataSets how many were made
   */
  public record Count(Design design, Test test, int rejected, int dataSets) {}

  /**
   * Makes data sets for each design and counts rejections.
   *
   * @param seed of the generator
   * @param dataSets for each design, 1 or more
   * @return the counts, in the order of the designs and tests
   */
  public static List<Count> count(long seed, int dataSets) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    List<Count> counts = new ArrayList<>();
    counts.addAll(
        paired(Design.NO_CHANGE, random, dataSets, source -> SimulatedArms.interleaved(source, 0)));
    counts.addAll(
        paired(
            Design.SLOWER_BY_TENTH,
            random,
            dataSets,
            source -> SimulatedArms.interleaved(source, SLOWDOWN)));
    counts.addAll(
        paired(Design.SEPARATE_SESSIONS, random, dataSets, SimulatedArms::separateSessions));
    counts.add(
        new Count(
            Design.POOLED_REQUESTS,
            Test.POOLED,
            rejections(
                random,
                dataSets,
                source -> SimulatedArms.interleaved(source, 0),
                FalseAlarms::pooled),
            dataSets));
    return List.copyOf(counts);
  }

  private static List<Count> paired(
      Design design,
      UniformRandomProvider random,
      int dataSets,
      Function<UniformRandomProvider, SimulatedArms> generator) {
    int[] rejected = new int[QUANTILES.length + 1];
    for (int set = 0; set < dataSets; set++) {
      SimulatedArms arms = generator.apply(random);
      double[] p = Arrays.stream(QUANTILES).map(quantile -> slower(arms, quantile)).toArray();
      for (int i = 0; i < p.length; i++) {
        rejected[i] += p[i] < Power.LEVEL ? 1 : 0;
      }
      boolean any = Arrays.stream(Adjustment.holm(p)).anyMatch(each -> each < Power.LEVEL);
      rejected[p.length] += any ? 1 : 0;
    }
    return List.of(
        new Count(design, Test.P50, rejected[0], dataSets),
        new Count(design, Test.P95, rejected[1], dataSets),
        new Count(design, Test.P99, rejected[2], dataSets),
        new Count(design, Test.HOLM, rejected[3], dataSets));
  }

  private static int rejections(
      UniformRandomProvider random,
      int dataSets,
      Function<UniformRandomProvider, SimulatedArms> generator,
      ToDoubleFunction<SimulatedArms> test) {
    int rejected = 0;
    for (int set = 0; set < dataSets; set++) {
      rejected += test.applyAsDouble(generator.apply(random)) < Power.LEVEL ? 1 : 0;
    }
    return rejected;
  }

  private static double slower(SimulatedArms arms, double quantile) {
    return PairedBlocks.of(arms.beforeQuantiles(quantile), arms.afterQuantiles(quantile))
        .test()
        .slower();
  }

  private static double pooled(SimulatedArms arms) {
    return MannWhitneyUTest.withDefaults()
        .with(AlternativeHypothesis.GREATER_THAN)
        .test(arms.afterPooled(), arms.beforePooled())
        .getPValue();
  }
}
