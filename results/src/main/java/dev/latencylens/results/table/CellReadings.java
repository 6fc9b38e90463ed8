package dev.latencylens.results.table;

import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Objectives;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import dev.latencylens.results.stats.LogBins;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Quantiles;
import dev.latencylens.results.stats.Readings;
import dev.latencylens.results.stats.Statistic;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Gathers what one cell's streams and histograms tell, eight bytes a stream and metric. */
final class CellReadings {
  private static final String COMPLETE = "complete";
  private static final String REFUSED = "refused_by_limit";
  private static final String IDLE = "timeout_idle";
  private static final String TIMEOUT = "timeout_";

  private final Readings ttft = new Readings();
  private final Readings ttfat = new Readings();
  private final Readings tpot = new Readings();
  private final Readings e2e = new Readings();
  private final Readings outputTps = new Readings();
  private final Readings responseTtft = new Readings();
  private final Readings responseE2e = new Readings();
  private final Readings queue = new Readings();
  private final Readings startError = new Readings();
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
  private final Optional<Objectives> objectives;

  CellReadings(Optional<Objectives> objectives) {
    this.objectives = objectives;
  }

  void add(StreamLine line) {
    outcomes.merge(line.outcome(), 1L, Long::sum);
    boolean complete = line.isComplete();
    OptionalLong limit = limit(line);
    addTime(ttft, line.time(StreamTime.TTFT), limit);
    addTime(ttfat, line.time(StreamTime.TTFAT), limit);
    // What a stream that broke off had until then is not its end: it would make failures look fast.
    addTime(e2e, complete ? line.time(StreamTime.E2E) : OptionalLong.empty(), limit);
    double tokenNanos = line.tpotNanos().orElse(0);
    if (complete && tokenNanos > 0) {
      tpot.add(tokenNanos);
      outputTps.add(1e9 / tokenNanos);
    }
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
    // The intended start of a retry is no user's.
    if (!line.isRefused() && line.count(StreamCount.ATTEMPT).isEmpty()) {
      addFromIntendedStart(line, complete, limit);
    }
  }

  private void addFromIntendedStart(StreamLine line, boolean complete, OptionalLong limit) {
    OptionalLong queued = line.time(StreamTime.QUEUE);
    queued.ifPresent(nanos -> queue.add((double) nanos));
    if (line.text(StreamText.HELD_BY).isPresent()) {
      held++;
    } else {
      queued.ifPresent(nanos -> startError.add((double) nanos));
    }
    OptionalLong responseLimit =
        limit.isEmpty() ? limit : OptionalLong.of(limit.getAsLong() + queued.orElse(0));
    addTime(responseTtft, line.time(StreamTime.RESPONSE_TTFT), responseLimit);
    addTime(
        responseE2e,
        complete ? line.time(StreamTime.RESPONSE_E2E) : OptionalLong.empty(),
        responseLimit);
  }

  void add(HistogramLog log) {
    log.histogram(HistogramLog.GAP).ifPresent(gaps::add);
    instrumentError.add(log.instrumentError());
  }

  private static void addTime(Readings readings, OptionalLong nanos, OptionalLong limit) {
    if (nanos.isPresent()) {
      readings.add((double) nanos.getAsLong());
    } else if (limit.isPresent()) {
      readings.addCensored((double) limit.getAsLong());
    }
  }

  /** How long a stream that a deadline cut off had lasted at least. */
  private static OptionalLong limit(StreamLine line) {
    if (!line.outcome().startsWith(TIMEOUT)) {
      return OptionalLong.empty();
    }
    OptionalLong limit = line.time(StreamTime.LIMIT);
    OptionalLong total = line.time(StreamTime.TOTAL);
    // The idle deadline runs from the last byte, so the stream had lasted longer than that alone.
    if (limit.isEmpty() || (line.outcome().equals(IDLE) && total.isPresent())) {
      return OptionalLong.of(Math.max(limit.orElse(0), total.orElse(0)));
    }
    return limit;
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
    String whyNone = metric.whyAbsent();
    return switch (metric) {
      case TTFT -> Quantiles.of(ttft, quantile, whyNone);
      case TTFAT -> Quantiles.of(ttfat, quantile, whyNone);
      case TPOT -> Quantiles.of(tpot, quantile, whyNone);
      case E2E -> Quantiles.of(e2e, quantile, whyNone);
      case OUTPUT_TPS -> Quantiles.of(outputTps, quantile, whyNone);
      case GAP -> Quantiles.of(gaps, quantile, whyNone);
      case RESPONSE_TTFT -> Quantiles.of(responseTtft, quantile, whyNone);
      case RESPONSE_E2E -> Quantiles.of(responseE2e, quantile, whyNone);
      case QUEUE -> Quantiles.of(queue, quantile, whyNone);
      case START_ERROR -> Quantiles.of(startError, quantile, whyNone);
    };
  }

  /** The shape of a metric; empty for those of which none is kept. */
  Optional<Shape> shape(Metric metric) {
    return switch (metric) {
      case TTFT ->
          Optional.of(
              Shape.of(
                  quantile -> statistic(metric, quantile),
                  LogBins.of(ttft),
                  ttft.count(),
                  ttft.censoredCount()));
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
