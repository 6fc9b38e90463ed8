package dev.latencylens.results.compare;

import dev.latencylens.results.run.PlannedComparisons;
import dev.latencylens.results.stats.verdict.Power;

/** Whether a plan can come to a verdict at all: to be said before a run, not after it. */
public final class Reach {
  private Reach() {}

  /**
   * What a plan can reach.
   *
   * @param planned the comparisons
   * @param blocks how many blocks are planned, 1 or more
   * @return sentences for a person
   */
  public static String inWords(PlannedComparisons planned, int blocks) {
    int tests = planned.tests();
    int least = Power.leastBlocks(tests);
    String asked =
        count(planned.pairs().size(), "pair")
            + " of cells, "
            + count(planned.metrics().size(), "metric")
            + ", "
            + count(planned.margins().size(), "quantile")
            + ": "
            + count(tests, "test")
            + ". ";
    return asked
        + count(blocks, "block")
        + (blocks < least
            ? " can give no verdict on that: it takes at least " + least + "."
            : blocks == 1
                ? " can give a verdict on that."
                : " can give verdicts on that (the least are " + least + ").");
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
