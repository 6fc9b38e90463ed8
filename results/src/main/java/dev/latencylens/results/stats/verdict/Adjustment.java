package dev.latencylens.results.stats.verdict;

import java.util.Comparator;
import java.util.stream.IntStream;

/** p values adjusted for how many questions were asked. */
public final class Adjustment {
  private Adjustment() {}

  /**
   * Holm's step-down adjustment, which holds the chance of any false alarm in the family (Holm: "A
   * Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6,
   * 1979).
   *
   * @param p each from 0 to 1
   * @return the adjusted values, at the same places, at most 1
   */
  public static double[] holm(double... p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    double floor = 0;
    for (int rank = 0; rank < p.length; rank++) {
      floor = Math.max(floor, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = floor;
    }
    return adjusted;
  }

  /**
   * Benjamini and Hochberg's adjustment, which holds the expected share of false finds among the
   * finds: for exploration ("Controlling the False Discovery Rate", Journal of the Royal
   * Statistical Society B 57, 1995).
   *
   * @param p each from 0 to 1
   * @return the adjusted values, at the same places, at most 1
   */
  public static double[] benjaminiHochberg(double... p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    double ceiling = 1;
    for (int rank = p.length - 1; rank >= 0; rank--) {
      ceiling = Math.min(ceiling, p.length * p[order[rank]] / (rank + 1));
      adjusted[order[rank]] = ceiling;
    }
    return adjusted;
  }

  private static int[] ascending(double... p) {
    for (double value : p) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("a p value from 0 to 1 is expected: " + value);
      }
    }
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
