package dev.latencylens.results.compare;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.stats.QuantileInterval;
import dev.latencylens.results.stats.Quantiles;
import dev.latencylens.results.stats.Readings;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.stats.verdict.FailureComparison;
import dev.latencylens.results.stats.verdict.FailureComparison.Rate;
import dev.latencylens.results.table.CellBlock;
import dev.latencylens.results.table.Lateness;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.RunBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two cells in the blocks in which both are whole. */
final class BlockPair {
  private final RunBlocks run;
  private final Cell baseline;
  private final Cell candidate;
  private final List<Integer> blocks;

  BlockPair(RunBlocks run, Cell baseline, Cell candidate) {
    this.run = run;
    this.baseline = baseline;
    this.candidate = candidate;
    blocks = run.whole(List.of(baseline.id(), candidate.id()));
  }

  Cell baseline() {
    return baseline;
  }

  Cell candidate() {
    return candidate;
  }

  /** How many blocks there are. */
  int count() {
    return blocks.size();
  }

  /** How many blocks were planned but are not whole. */
  int leftOut() {
    return run.planned(List.of(baseline.id(), candidate.id())) - blocks.size();
  }

  /** What must be said of blocks that are left out: a sentence, or none. */
  Optional<String> leftOutNote() {
    return leftOut() == 0
        ? Optional.empty()
        : Optional.of(
            leftOut()
                + " of "
                + (leftOut() + count())
                + " blocks of "
                + baseline.id()
                + " and "
                + candidate.id()
                + " are left out: a round of theirs is missing, broke off or is not whole.");
  }

  /** A cell's quantile in each block. */
  List<Statistic> quantiles(Cell cell, Metric metric, JudgedQuantile quantile) {
    return blocks.stream()
        .map(block -> run.at(cell.id(), block).quantile(metric, quantile.quantile()))
        .toList();
  }

  /**
   * What stands in the tables: the geometric mean of the blocks' quantiles, for the change is the
   * ratio of these.
   */
  static Statistic mean(List<Statistic> quantiles) {
    double sum = 0;
    boolean censored = false;
    for (Statistic quantile : quantiles) {
      if (quantile instanceof Statistic.Value value && value.value() > 0) {
        sum += Math.log(value.value());
      } else if (quantile instanceof Statistic.Censored limit && limit.limit() > 0) {
        sum += Math.log(limit.limit());
        censored = true;
      } else {
        return new Statistic.Absent("a block has too few readings");
      }
    }
    if (quantiles.isEmpty()) {
      return new Statistic.Absent("no block is whole");
    }
    double mean = Math.exp(sum / quantiles.size());
    return censored ? new Statistic.Censored(mean) : new Statistic.Value(mean);
  }

  /** A cell's quantile over the streams of all blocks; empty where that stands in histograms. */
  Optional<PooledQuantile> pooled(Cell cell, Metric metric, JudgedQuantile quantile) {
    if (metric == Metric.GAP) {
      return Optional.empty();
    }
    Readings all = new Readings();
    blocks.forEach(block -> all.addAll(run.at(cell.id(), block).readings(metric)));
    return Optional.of(
        new PooledQuantile(
            Quantiles.ofBlock(all, quantile.quantile(), "no stream says it"),
            QuantileInterval.of(all, quantile.quantile())));
  }

  /** Whether the instrument was late in either cell. */
  boolean late(Metric metric, JudgedQuantile quantile) {
    return late(baseline, metric, quantile) || late(candidate, metric, quantile);
  }

  private boolean late(Cell cell, Metric metric, JudgedQuantile quantile) {
    return mean(quantiles(cell, metric, quantile)) instanceof Statistic.Value value
        && Lateness.of(
            metric, value.value(), run.instrumentErrorNanos(cell.id(), quantile.quantile()));
  }

  /** The failures of both cells; empty where nothing was started. */
  Optional<FailureComparison> failures() {
    Optional<Rate> before = rate(baseline);
    Optional<Rate> after = rate(candidate);
    return before.isPresent() && after.isPresent()
        ? Optional.of(FailureComparison.of(before.get(), after.get()))
        : Optional.empty();
  }

  private Optional<Rate> rate(Cell cell) {
    List<CellBlock> own = new ArrayList<>();
    blocks.forEach(block -> own.add(run.at(cell.id(), block)));
    int started = own.stream().mapToInt(CellBlock::started).sum();
    return started == 0
        ? Optional.empty()
        : Optional.of(Rate.of(own.stream().mapToInt(CellBlock::failed).sum(), started));
  }
}
