package dev.latencylens.results.table;

import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.stats.Quantiles;
import dev.latencylens.results.stats.Readings;
import dev.latencylens.results.stats.Statistic;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** One round of one cell, for comparisons. Not safe for use by several threads. */
public final class CellBlock {

  private final StreamReadings readings;
  private final boolean wantsGaps;
  private Optional<Histogram> gaps = Optional.empty();
  private SignedHistogram instrumentError = new SignedHistogram();
  private int lines;
  private int started;
  private int failed;

  CellBlock(Set<Metric> metrics) {
    readings = new StreamReadings(metrics);
    wantsGaps = metrics.contains(Metric.GAP);
  }

  void add(StreamLine line) {
    lines++;
    if (!line.isRefused()) {
      started++;
      failed += line.isComplete() ? 0 : 1;
    }
    readings.add(line);
  }

  void add(HistogramLog log) {
    gaps = wantsGaps ? log.histogram(HistogramLog.GAP) : Optional.empty();
    instrumentError = log.instrumentError();
  }

  /** Whether all that the round was to ask was asked, and is here. */
  boolean isWhole(Round round) {
    long accounted = round.account().outcomes().values().stream().mapToLong(Long::longValue).sum();
    return round.account().notStarted() == 0
        && round.account().refused() == 0
        && round.account().balances()
        && accounted == lines;
  }

  SignedHistogram instrumentError() {
    return instrumentError;
  }

  /**
   * A quantile of this block alone, however few readings it has: the blocks are judged together.
   *
   * @param metric one that was asked for
   * @param quantile from 0 to 1
   * @return nanoseconds, or why there are none
   */
  public Statistic quantile(Metric metric, double quantile) {
    if (metric != Metric.GAP) {
      return Quantiles.ofBlock(readings.of(metric), quantile, metric.whyAbsent());
    }
    return gaps.filter(histogram -> histogram.getTotalCount() > 0)
        .<Statistic>map(
            histogram ->
                new Statistic.Value((double) histogram.getValueAtPercentile(100 * quantile)))
        .orElseGet(() -> new Statistic.Absent(metric.whyAbsent()));
  }

  /**
   * The readings of a metric.
   *
   * @param metric one that was asked for, and not {@link Metric#GAP}
   * @return nanoseconds
   */
  public Readings readings(Metric metric) {
    return readings.of(metric);
  }

  /**
   * How many streams were started.
   *
   * @return all but those that a limit refused
   */
  public int started() {
    return started;
  }

  /**
   * How many of them did not end as {@code complete}.
   *
   * @return 0 or more
   */
  public int failed() {
    return failed;
  }
}
