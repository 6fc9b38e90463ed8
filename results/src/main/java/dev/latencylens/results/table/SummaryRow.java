package dev.latencylens.results.table;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One cell of a run, summed up. Immutable. */
public final class SummaryRow {
  private static final Statistic NOTHING = new Statistic.Absent("not computed");
  private static final double LATE_SHARE = 0.05;
  private static final double LATE_NANOS = 100_000;

  private final Cell cell;
  private final int finishedRounds;
  private final int plannedRounds;
  private final long streams;
  private final long errors;
  private final SortedMap<String, Long> outcomes;
  private final Map<Metric, Map<Percentile, Statistic>> statistics = new EnumMap<>(Metric.class);
  private final Map<Metric, Set<Percentile>> late = new EnumMap<>(Metric.class);
  private final Map<Percentile, Statistic> instrumentError = new EnumMap<>(Percentile.class);
  private final Statistic inputTokens;
  private final Statistic outputTokens;
  private final RowCost cost;
  private final OptionalDouble coalescedShare;
  private final boolean tokensEstimated;

  SummaryRow(Cell cell, int finishedRounds, int plannedRounds, CellReadings readings) {
    this.cell = cell;
    this.finishedRounds = finishedRounds;
    this.plannedRounds = plannedRounds;
    streams = readings.streams();
    errors = readings.errors();
    outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(readings.outcomes()));
    for (Metric metric : Metric.values()) {
      Map<Percentile, Statistic> byPercentile = new EnumMap<>(Percentile.class);
      Set<Percentile> lateOnes = EnumSet.noneOf(Percentile.class);
      for (Percentile percentile : Percentile.values()) {
        Statistic statistic = readings.statistic(metric, percentile);
        byPercentile.put(percentile, statistic);
        if (isLate(metric, statistic, readings.suspectedErrorNanos(percentile))) {
          lateOnes.add(percentile);
        }
      }
      statistics.put(metric, byPercentile);
      late.put(metric, lateOnes);
    }
    for (Percentile percentile : Percentile.values()) {
      instrumentError.put(percentile, readings.instrumentError(percentile));
    }
    inputTokens = readings.inputTokens();
    outputTokens = readings.outputTokens();
    cost = readings.cost();
    coalescedShare = readings.coalescedShare();
    tokensEstimated = readings.tokensEstimated();
  }

  private static boolean isLate(Metric metric, Statistic statistic, double errorNanos) {
    return statistic instanceof Statistic.Value value
        && errorNanos > LATE_NANOS
        && errorNanos > LATE_SHARE * metric.nanos(value.value());
  }

  /**
   * The cell.
   *
   * @return as in the manifest
   */
  public Cell cell() {
    return cell;
  }

  /**
   * How many rounds the row is made of.
   *
   * @return 0 or more
   */
  public int finishedRounds() {
    return finishedRounds;
  }

  /**
   * How many rounds were planned for the cell.
   *
   * @return 0 or more
   */
  public int plannedRounds() {
    return plannedRounds;
  }

  /**
   * How many streams were started.
   *
   * @return all but those a limit refused
   */
  public long streams() {
    return streams;
  }

  /**
   * How many started streams did not end as {@code complete}.
   *
   * @return 0 or more
   */
  public long errors() {
    return errors;
  }

  /**
   * How many streams ended in each outcome, {@code complete} included.
   *
   * @return counts by the outcome's name
   */
  public SortedMap<String, Long> outcomes() {
    return outcomes;
  }

  /**
   * A percentile of a metric.
   *
   * @param metric which
   * @param percentile which
   * @return nanoseconds, or tokens in a second for a rate
   */
  public Statistic statistic(Metric metric, Percentile percentile) {
    return statistics.getOrDefault(metric, Map.of()).getOrDefault(percentile, NOTHING);
  }

  /**
   * Whether the instrument was late: its error at the same quantile exceeds 5% of the value and 0.1
   * ms. For {@code tpot} and {@code output_tps} the error is held against the time of one token,
   * which may call late what is not, never the reverse.
   *
   * @param metric which
   * @param percentile which
   * @return false for a statistic without a value
   */
  public boolean late(Metric metric, Percentile percentile) {
    return late.getOrDefault(metric, Set.of()).contains(percentile);
  }

  /**
   * A percentile of the instrument's error.
   *
   * @param percentile which
   * @return nanoseconds, negative where the stamps were early
   */
  public Statistic instrumentError(Percentile percentile) {
    return instrumentError.getOrDefault(percentile, NOTHING);
  }

  /**
   * The median of the prompts' tokens.
   *
   * @return tokens
   */
  public Statistic inputTokens() {
    return inputTokens;
  }

  /**
   * The median of the output tokens of complete streams.
   *
   * @return tokens
   */
  public Statistic outputTokens() {
    return outputTokens;
  }

  /**
   * What the streams cost.
   *
   * @return in USD, exactly
   */
  public RowCost cost() {
    return cost;
  }

  /**
   * The share of content events that shared a read with another one of their stream.
   *
   * @return from 0 to 1, or empty where there was no content
   */
  public OptionalDouble coalescedShare() {
    return coalescedShare;
  }

  /**
   * Whether token counts are estimates, as the provider reported none.
   *
   * @return true if that holds for any stream
   */
  public boolean tokensEstimated() {
    return tokensEstimated;
  }
}
