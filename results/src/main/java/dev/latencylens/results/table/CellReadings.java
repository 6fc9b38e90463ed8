package dev.latencylens.results.table;

import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Objectives;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.stats.LogBins;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Quantiles;
import dev.latencylens.results.stats.Readings;
import dev.latencylens.results.stats.Statistic;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Gathers what one cell's streams and histograms tell, eight bytes a stream and metric. */
final class CellReadings {
  private static final String COMPLETE = "complete";
  private static final String REFUSED = "refused_by_limit";

  private final StreamReadings streamReadings = new StreamReadings(EnumSet.allOf(Metric.class));
  private final Windows windows = new Windows();
  private final Readings inputTokens = new Readings();
  private final Readings outputTokens = new Readings();
  private final CostReadings costs = new CostReadings();
  private final Histogram gaps = HistogramLog.newHistogram();
  private final SignedHistogram instrumentError = new SignedHistogram();
  private final SortedMap<String, Long> outcomes = new TreeMap<>();
  private long contentEvents;
  private long coalescedEvents;
  private long streamedTokens;
  private long good;
  private long held;
  private boolean tokensEstimated;
  private final Set<Metric> unknown = EnumSet.noneOf(Metric.class);
  private final Optional<Objectives> objectives;

  CellReadings(Optional<Objectives> objectives) {
    this.objectives = objectives;
  }

  void add(StreamLine line) {
    outcomes.merge(line.outcome(), 1L, Long::sum);
    boolean complete = line.isComplete();
    streamReadings.add(line);
    line.count(StreamCount.INPUT_TOKENS).ifPresent(tokens -> inputTokens.add((double) tokens));
    if (complete) {
      line.count(StreamCount.OUTPUT_TOKENS).ifPresent(tokens -> outputTokens.add((double) tokens));
    }
    if (!line.isRefused()) {
      costs.add(line.count(StreamCount.COST_PICO_USD));
    }
    contentEvents += line.count(StreamCount.CONTENT_EVENTS).orElse(0);
    coalescedEvents += line.count(StreamCount.COALESCED_EVENTS).orElse(0);
    tokensEstimated |= line.tokensEstimated();
    windows.add(line);
    if (complete) {
      streamedTokens += line.count(StreamCount.STREAMED_TOKENS).orElse(0);
      if (objectives.isPresent() && objectives.get().metBy(line)) {
        good++;
      }
    }
    if (LineReadings.isOfUser(line) && line.text(StreamText.HELD_BY).isPresent()) {
      held++;
    }
  }

  /** Adds a round by what its logs hold, instead of its streams one by one. */
  void add(int number, LoggedRound round) {
    add(round.log());
    round.account().outcomes().forEach((name, count) -> outcomes.merge(name, count, Long::sum));
    round.readings(streamReadings);
    unknown.addAll(round.unknown());
    if (round.whole()) {
      round.each(LoggedTag.INPUT_TOKENS, inputTokens::add);
      round.each(LoggedTag.OUTPUT_TOKENS, outputTokens::add);
      int before = costs.known();
      round.each(LoggedTag.COST_PICO_USD, cost -> costs.add(OptionalLong.of(Math.round(cost))));
      costs.addWithout(Math.max(0, round.account().started() - (costs.known() - before)));
      contentEvents += round.sum(LoggedTag.CONTENT_EVENTS);
      coalescedEvents += round.sum(LoggedTag.COALESCED_EVENTS);
      streamedTokens += round.sum(LoggedTag.STREAMED_TOKENS);
      windows.add(number, round.sum(LoggedTag.WINDOW));
      held += round.held();
    }
  }

  void add(HistogramLog log) {
    log.histogram(HistogramLog.GAP).ifPresent(gaps::add);
    instrumentError.add(log.instrumentError());
  }

  long streams() {
    long all = outcomes.values().stream().mapToLong(Long::longValue).sum();
    return all - outcomes.getOrDefault(REFUSED, 0L);
  }

  long errors() {
    return streams() - outcomes.getOrDefault(COMPLETE, 0L);
  }

  SortedMap<String, Long> outcomes() {
    return outcomes;
  }

  boolean tokensEstimated() {
    return tokensEstimated;
  }

  /** Streamed tokens of complete streams in a second of the measured windows. */
  OptionalDouble throughput() {
    return streamedTokens == 0 ? OptionalDouble.empty() : perSecond(streamedTokens);
  }

  /** How many streams a limit or the load's ceiling held back. */
  long held() {
    return held;
  }

  OptionalDouble goodputShare() {
    return objectives.isEmpty() || streams() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) good / streams());
  }

  OptionalDouble goodputPerSecond() {
    return objectives.isEmpty() ? OptionalDouble.empty() : perSecond(good);
  }

  private OptionalDouble perSecond(long count) {
    double seconds = windows.seconds();
    return seconds > 0 ? OptionalDouble.of(count / seconds) : OptionalDouble.empty();
  }

  OptionalDouble coalescedShare() {
    return contentEvents == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) coalescedEvents / contentEvents);
  }

  Statistic statistic(Metric metric, Percentile percentile) {
    return statistic(metric, percentile.quantile());
  }

  private Statistic statistic(Metric metric, double quantile) {
    if (unknown.contains(metric)) {
      return new Statistic.Absent("not in the logs");
    }
    return metric == Metric.GAP
        ? Quantiles.of(gaps, quantile, metric.whyAbsent())
        : Quantiles.of(streamReadings.of(metric), quantile, metric.whyAbsent());
  }

  /** The shape of a metric; empty for those of which none is kept. */
  Optional<Shape> shape(Metric metric) {
    return switch (metric) {
      case TTFT -> {
        Readings ttft = streamReadings.of(metric);
        yield Optional.of(
            Shape.of(
                quantile -> statistic(metric, quantile),
                LogBins.of(ttft),
                ttft.count(),
                ttft.censoredCount()));
      }
      case GAP ->
          Optional.of(
              Shape.of(
                  quantile -> statistic(metric, quantile),
                  LogBins.of(gaps),
                  gaps.getTotalCount(),
                  0));
      default -> Optional.empty();
    };
  }

  Spread spread(Metric metric) {
    return metric == Metric.GAP ? Spread.of(gaps) : Spread.of(streamReadings.of(metric));
  }

  /** How many events the instrument's error was measured by. */
  long instrumentErrorEvents() {
    return instrumentError.totalCount();
  }

  Statistic inputTokens() {
    return Quantiles.median(inputTokens, "not reported");
  }

  Statistic outputTokens() {
    return Quantiles.median(outputTokens, "not reported");
  }

  RowCost cost() {
    return costs.summedUp();
  }

  Statistic instrumentError(Percentile percentile) {
    return Quantiles.of(instrumentError, percentile.quantile(), "not measured");
  }

  /** The largest instrument error in nanoseconds; absent where none was measured. */
  OptionalDouble instrumentErrorMax() {
    return instrumentError.totalCount() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) instrumentError.max());
  }

  /**
   * The instrument's error by however many events there are: a doubt must not go away because it
   * was measured too seldom.
   */
  double suspectedErrorNanos(Percentile percentile) {
    return instrumentError.valueAtQuantile(percentile.quantile());
  }
}
