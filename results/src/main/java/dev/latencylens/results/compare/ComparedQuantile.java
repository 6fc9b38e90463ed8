package dev.latencylens.results.compare;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.stats.verdict.PairedBlocks;
import dev.latencylens.results.table.Metric;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One quantile of one metric in two cells.
 *
 * @param baseline the cell that was there
 * @param candidate the cell that it is compared with
 * @param metric which metric
 * @param quantile which quantile
 * @param before the baseline's: the geometric mean of its blocks' quantiles, in nanoseconds
 * @param after the candidate's
 * @param beforePooled the baseline's over the streams of all blocks; empty for a metric that stands
 *     in histograms, and for two runs
 * @param afterPooled the candidate's
 * @param change the ratio and its bounds; empty where the two can't be paired
 * @param p the adjusted p value: of the verdict's direction for a planned one, two-sided for
 *     exploration; empty where nothing was tested
 * @param detectable the smallest change that these blocks find with 80% power, as a share
 * @param late whether the instrument was late in either cell
 * @param standing what is said of it
 * @param reason why there is no verdict, in a few words; empty where there is one
 * @param settle the blocks that would settle it, where more blocks are what is missing
 */
public record ComparedQuantile(
    Cell baseline,
    Cell candidate,
    Metric metric,
    JudgedQuantile quantile,
    Statistic before,
    Statistic after,
    Optional<PooledQuantile> beforePooled,
    Optional<PooledQuantile> afterPooled,
    Optional<PairedBlocks.Effect> change,
    OptionalDouble p,
    OptionalDouble detectable,
    boolean late,
    Standing standing,
    Optional<String> reason,
    OptionalInt settle) {

  /**
   * The name of the statistic.
   *
   * @return such as {@code ttft_p95}
   */
  public String statistic() {
    return metric.label() + "_" + quantile.label();
  }

  /**
   * The candidate over the baseline.
   *
   * @return such as 1.1 for a tenth more; empty where the two can't be paired
   */
  public OptionalDouble ratio() {
    return change.map(effect -> OptionalDouble.of(effect.ratio())).orElseGet(OptionalDouble::empty);
  }

  /** The same with what is said of it. */
  ComparedQuantile judged(
      Standing other, OptionalDouble adjusted, Optional<String> why, OptionalInt blocks) {
    return new ComparedQuantile(
        baseline,
        candidate,
        metric,
        quantile,
        before,
        after,
        beforePooled,
        afterPooled,
        change,
        adjusted,
        detectable,
        late,
        other,
        why,
        blocks);
  }

  /** The same with another thing said of it, and why. */
  ComparedQuantile as(Standing other, String why) {
    return judged(other, p, Optional.of(why), settle);
  }

  /** The same with its p value. */
  ComparedQuantile withP(double adjusted) {
    return judged(standing, OptionalDouble.of(adjusted), reason, settle);
  }
}
