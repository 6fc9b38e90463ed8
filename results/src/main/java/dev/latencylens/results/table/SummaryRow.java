package dev.latencylens.results.table;

import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.LoadReading;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One cell of a run, summed up. Immutable. */
public final class SummaryRow {
  private static final Account NO_ACCOUNT = new Account(0, 0, Map.of());
  private static final Statistic NOTHING = new Statistic.Absent("not computed");

  private final Cell cell;
  private final int finishedRounds;
  private final int plannedRounds;
  private final long streams;
  private final long errors;
  private final SortedMap<String, Long> outcomes;
  private final Map<Metric, Map<Percentile, Statistic>> statistics = new EnumMap<>(Metric.class);
  private final Map<Metric, Set<Percentile>> late = new EnumMap<>(Metric.class);
  private final Map<Metric, Shape> shapes = new EnumMap<>(Metric.class);
  private final Map<Metric, Spread> spreads = new EnumMap<>(Metric.class);
  private final Map<Percentile, Statistic> instrumentError = new EnumMap<>(Percentile.class);
  private final OptionalDouble instrumentErrorMax;
  private final long instrumentErrorEvents;
  private final Statistic inputTokens;
  private final Statistic outputTokens;
  private final RowCost cost;
  private final OptionalDouble coalescedShare;
  private final boolean tokensEstimated;

  private final Account account;
  private final Optional<LoadReading> load;
  private final long held;
  private final OptionalDouble throughput;
  private final OptionalDouble goodputShare;
  private final OptionalDouble goodputPerSecond;

  /**
   * Sums a cell up.
   *
   * @param rounds all rounds of the cell that are over, whether their data may be used or not
   */
  SummaryRow(Cell cell, List<Round> rounds, int plannedRounds, CellReadings readings) {
    this.cell = cell;
    finishedRounds = (int) rounds.stream().filter(Round::usable).count();
    account = rounds.stream().map(Round::account).reduce(NO_ACCOUNT, SummaryRow::sum);
    load =
        rounds.stream()
            .filter(Round::usable)
            .flatMap(round -> round.load().stream())
            .reduce(LoadReading::plus);
    held = readings.held();
    throughput = readings.throughput();
    goodputShare = readings.goodputShare();
    goodputPerSecond = readings.goodputPerSecond();
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
        if (statistic instanceof Statistic.Value value
            && Lateness.of(metric, value.value(), readings.suspectedErrorNanos(percentile))) {
          lateOnes.add(percentile);
        }
      }
      statistics.put(metric, byPercentile);
      readings.shape(metric).ifPresent(shape -> shapes.put(metric, shape));
      spreads.put(metric, readings.spread(metric));
      late.put(metric, lateOnes);
    }
    for (Percentile percentile : Percentile.values()) {
      instrumentError.put(percentile, readings.instrumentError(percentile));
    }
    instrumentErrorMax = readings.instrumentErrorMax();
    instrumentErrorEvents = readings.instrumentErrorEvents();
    inputTokens = readings.inputTokens();
    outputTokens = readings.outputTokens();
    cost = readings.cost();
    coalescedShare = readings.coalescedShare();
    tokensEstimated = readings.tokensEstimated();
  }

  private static Account sum(Account one, Account other) {
    SortedMap<String, Long> outcomes = new TreeMap<>(one.outcomes());
    other.outcomes().forEach((name, count) -> outcomes.merge(name, count, Long::sum));
    return new Account(
        one.planned() + other.planned(),
        one.retries() + other.retries(),
        one.started() + other.started(),
        one.refused() + other.refused(),
        one.notStarted() + other.notStarted(),
        outcomes);
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
   * All of a metric at a glance: its quantiles and how its readings lie.
   *
   * @param metric which
   * @return empty for all but {@code ttft} and {@code gap}
   */
  public Optional<Shape> shape(Metric metric) {
    return Optional.ofNullable(shapes.get(metric));
  }

  /**
   * How the readings of a metric lie: their number, intervals, and counts in fixed classes.
   *
   * @param metric which
   * @return in nanoseconds, or tokens in a second for a rate
   */
  public Spread spread(Metric metric) {
    return spreads.getOrDefault(metric, Spread.NONE);
  }

  /**
   * Whether the instrument was late, by {@link Lateness}. For {@code tpot} and {@code output_tps}
   * the error is held against the time of one token, which may call late what is not, never the
   * reverse.
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
   * The largest error of the instrument.
   *
   * @return nanoseconds; absent where it was not measured
   */
  public OptionalDouble instrumentErrorMaxNanos() {
    return instrumentErrorMax;
  }

  /**
   * How many events the instrument's error was measured by.
   *
   * @return 0 or more
   */
  public long instrumentErrorEvents() {
    return instrumentErrorEvents;
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

  /**
   * What became of all requests of the cell, those of rounds that broke off or were skipped too.
   *
   * @return the sum of the rounds' accounts
   */
  public Account account() {
    return account;
  }

  /**
   * Whether the load was met.
   *
   * @return the rounds' readings together; empty for a closed loop
   */
  public Optional<LoadReading> load() {
    return load;
  }

  /**
   * How many streams a limit or the load's ceiling held back before their release.
   *
   * @return from 0
   */
  public long held() {
    return held;
  }

  /**
   * Streamed tokens of all complete streams in a second, of all streams in flight together.
   *
   * @return empty where no tokens are known
   */
  public OptionalDouble throughput() {
    return throughput;
  }

  /**
   * The share of started streams that met every objective.
   *
   * @return from 0 to 1; empty where no objective was stated or nothing started
   */
  public OptionalDouble goodputShare() {
    return goodputShare;
  }

  /**
   * Streams in a second that met every objective.
   *
   * @return empty where no objective was stated
   */
  public OptionalDouble goodputPerSecond() {
    return goodputPerSecond;
  }
}
