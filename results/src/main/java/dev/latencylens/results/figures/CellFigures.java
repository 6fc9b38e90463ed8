package dev.latencylens.results.figures;

import dev.latencylens.results.run.LoadReading;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.QuantileInterval;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.AnswerLengths;
import dev.latencylens.results.table.Decimal;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.RowCost;
import dev.latencylens.results.table.StatisticNote;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SummaryRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * All numbers of one cell, one by one: the same set for each cell of each run, so that a program
 * finds an empty figure and not none. Numbers are rounded as in {@code summary.csv}.
 */
final class CellFigures {
  private static final int DECIMALS = 3;
  private static final int SHARE_DECIMALS = 4;
  private static final double MILLIS = 1e-6;

  private final SummaryRow row;
  private final Summary summary;
  private final List<Figure> figures = new ArrayList<>();

  private CellFigures(SummaryRow row, Summary summary) {
    this.row = row;
    this.summary = summary;
  }

  /** What was measured, in the order of the columns of {@code summary.csv}. */
  static List<Figure> measured(SummaryRow row, Summary summary) {
    CellFigures cell = new CellFigures(row, summary);
    for (Metric metric : Metric.values()) {
      for (Percentile percentile : Percentile.values()) {
        cell.add(metric, percentile);
      }
    }
    cell.addTokens();
    cell.addCost(row.cost());
    cell.add("coalesced", "share", "1", row.coalescedShare(), SHARE_DECIMALS, List.of());
    cell.addRates();
    cell.addInstrumentError();
    return List.copyOf(cell.figures);
  }

  /** What was counted: streams by name of the count. */
  static Map<String, Long> counts(SummaryRow row) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("streams", row.streams());
    counts.put("errors", row.errors());
    counts.put("planned", row.account().planned());
    counts.put("retries", row.account().retries());
    counts.put("refused", row.account().refused());
    counts.put("not_started", row.account().notStarted());
    counts.put("held", row.held());
    return counts;
  }

  private void add(Metric metric, Percentile percentile) {
    Statistic statistic = row.statistic(metric, percentile);
    List<String> notes = new ArrayList<>();
    StatisticNote.of(statistic, metric.inTableUnit(1), DECIMALS).ifPresent(notes::add);
    if (row.late(metric, percentile)) {
      notes.add("late");
    }
    if (metric == Metric.E2E && AnswerLengths.differ(row, summary.rows())) {
      notes.add("lengths_differ");
    }
    // An interval says how far a number may be trusted: without one there is nothing to say.
    boolean hasNumber =
        statistic instanceof Statistic.Value || statistic instanceof Statistic.Censored;
    QuantileInterval interval =
        hasNumber ? row.spread(metric).interval(percentile) : QuantileInterval.NONE;
    figures.add(
        new Figure(
            metric.label(),
            percentile.label(),
            metric.isRate() ? "tokens/s" : "ms",
            value(statistic, metric.inTableUnit(1)),
            OptionalLong.of(row.spread(metric).readings()),
            inTableUnit(metric, interval.low()),
            inTableUnit(metric, interval.high()),
            notes));
  }

  private void addTokens() {
    addMedian("input_tokens", row.inputTokens(), List.of());
    addMedian(
        "output_tokens",
        row.outputTokens(),
        row.tokensEstimated() ? List.of("estimated") : List.of());
  }

  private void addMedian(String name, Statistic statistic, List<String> more) {
    List<String> notes = new ArrayList<>();
    StatisticNote.of(statistic, 1, 1).ifPresent(notes::add);
    notes.addAll(more);
    Optional<BigDecimal> value =
        statistic instanceof Statistic.Value known
            ? Optional.of(rounded(known.value(), 1))
            : Optional.empty();
    add(name, "p50", "tokens", value, OptionalLong.empty(), notes);
  }

  private void addCost(RowCost cost) {
    List<String> notes =
        cost.totalUsd().isEmpty()
            ? List.of(StatisticNote.ABSENT)
            : cost.streamsWithout() > 0 ? List.of("partial:" + cost.streamsWithout()) : List.of();
    OptionalLong n = OptionalLong.of(row.streams() - cost.streamsWithout());
    add("cost", "sum", "USD", cost.totalUsd().map(CellFigures::exact), n, notes);
    add("cost", "p50", "USD", cost.perStreamP50Usd().map(CellFigures::exact), n, notes);
  }

  private void addRates() {
    add("throughput", "rate", "tokens/s", row.throughput(), DECIMALS, List.of());
    Optional<LoadReading> load = row.load();
    add("offered", "rate", "streams/s", rate(LoadReading::offeredPerSecond), DECIMALS, List.of());
    add("started", "rate", "streams/s", rate(LoadReading::startedPerSecond), DECIMALS, List.of());
    List<String> unmet =
        load.filter(reading -> !reading.met())
            .map(reading -> List.of("not_met:" + reading.waited()))
            .orElse(List.of());
    add("achieved", "rate", "streams/s", rate(LoadReading::achievedPerSecond), DECIMALS, unmet);
    add("longest_queue", "max", "streams", rate(LoadReading::longestQueue), 0, List.of());
    add("goodput", "share", "1", row.goodputShare(), DECIMALS, List.of());
    add("goodput", "rate", "streams/s", row.goodputPerSecond(), DECIMALS, List.of());
  }

  private void addInstrumentError() {
    OptionalLong events = OptionalLong.of(row.instrumentErrorEvents());
    for (Percentile percentile : Percentile.values()) {
      Statistic error = row.instrumentError(percentile);
      add(
          "instrument_error",
          percentile.label(),
          "ms",
          value(error, MILLIS),
          events,
          StatisticNote.of(error, MILLIS, DECIMALS).stream().toList());
    }
    OptionalDouble max = row.instrumentErrorMaxNanos();
    add(
        "instrument_error",
        "max",
        "ms",
        max.isPresent()
            ? Optional.of(rounded(max.getAsDouble() * MILLIS, DECIMALS))
            : Optional.empty(),
        events,
        max.isPresent() ? List.of() : List.of(StatisticNote.ABSENT));
  }

  private OptionalDouble rate(ToDoubleFunction<LoadReading> rate) {
    return row.load().stream().mapToDouble(rate).findFirst();
  }

  private void add(
      String metric,
      String statistic,
      String unit,
      OptionalDouble value,
      int decimals,
      List<String> notes) {
    if (value.isPresent()) {
      Optional<BigDecimal> number = Optional.of(rounded(value.getAsDouble(), decimals));
      add(metric, statistic, unit, number, OptionalLong.empty(), notes);
    } else {
      List<String> absent = List.of(StatisticNote.ABSENT);
      add(metric, statistic, unit, Optional.empty(), OptionalLong.empty(), absent);
    }
  }

  private void add(
      String metric,
      String statistic,
      String unit,
      Optional<BigDecimal> value,
      OptionalLong n,
      List<String> notes) {
    figures.add(
        new Figure(metric, statistic, unit, value, n, Optional.empty(), Optional.empty(), notes));
  }

  private static Optional<BigDecimal> value(Statistic statistic, double unit) {
    return statistic instanceof Statistic.Value value
        ? Optional.of(rounded(value.value() * unit, DECIMALS))
        : Optional.empty();
  }

  private static Optional<BigDecimal> inTableUnit(Metric metric, OptionalDouble end) {
    return end.isPresent()
        ? Optional.of(rounded(metric.inTableUnit(end.getAsDouble()), DECIMALS))
        : Optional.empty();
  }

  private static BigDecimal rounded(double value, int decimals) {
    return new BigDecimal(Decimal.fixed(value, decimals));
  }

  private static BigDecimal exact(BigDecimal usd) {
    return new BigDecimal(Decimal.exact(usd));
  }
}
