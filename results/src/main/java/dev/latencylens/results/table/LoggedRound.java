package dev.latencylens.results.table;

import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.HistogramLog;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleConsumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A round as JMH's result and the histogram log hold it, without the lines of its streams. Each
 * value is known to half a step of the histogram, 0.05%.
 *
 * @param log the histograms
 * @param account what became of the requests
 * @param whole whether the log's {@link LoggedTag}s are to be used: logs of earlier versions have
 *     none
 */
record LoggedRound(HistogramLog log, Account account, boolean whole) {
  private static final String COMPLETE = "complete";
  private static final String TIMEOUT = "timeout_";

  /** Tags of which a stream has any number of values. They stay histograms, as they are. */
  private static final Set<String> POOLED =
      Set.of(
          HistogramLog.GAP,
          "hiccup",
          HistogramLog.INSTRUMENT_ERROR,
          HistogramLog.INSTRUMENT_ERROR_EARLY);

  /** All readings of a cell are kept in memory: a few bytes of a log must not fill it. */
  private static final long MOST_STREAMS = 10_000_000;

  /** A round with all that its log has. */
  static LoggedRound of(HistogramLog log, Account account) {
    return new LoggedRound(log, account, log.histogram(LoggedTag.WINDOW.tag()).isPresent());
  }

  /** The same as if its log were of an earlier version. */
  LoggedRound plain() {
    return new LoggedRound(log, account, false);
  }

  /** Whether no tag has more values than the round had streams. */
  boolean fits() {
    long ended = account.outcomes().values().stream().mapToLong(Long::longValue).sum();
    long most = Math.max(1, Math.min(MOST_STREAMS, ended));
    return log.histograms().entrySet().stream()
        .filter(tag -> !POOLED.contains(tag.getKey()))
        .allMatch(tag -> tag.getValue().getTotalCount() <= most);
  }

  /** Metrics whose readings can't be told from those that tables leave out. */
  Set<Metric> unknown() {
    Set<Metric> unknown = EnumSet.noneOf(Metric.class);
    if (!whole) {
      unknown.add(Metric.START_ERROR);
      if (failed() > 0) {
        unknown.addAll(EnumSet.of(Metric.E2E, Metric.RESPONSE_E2E));
      }
      if (account.outcomes().keySet().stream().anyMatch(name -> name.startsWith(TIMEOUT))) {
        unknown.addAll(EnumSet.of(Metric.TTFT, Metric.TTFAT, Metric.RESPONSE_TTFT));
      }
    }
    return unknown;
  }

  private long failed() {
    return account.started() - account.outcomes().getOrDefault(COMPLETE, 0L);
  }

  /** Hands on the readings of all metrics but {@link Metric#GAP} and those that are unknown. */
  void readings(ReadingSink to) {
    Set<Metric> unknown = unknown();
    for (Metric metric : Metric.values()) {
      if (metric == Metric.TPOT) {
        each(metric.label(), nanos -> LineReadings.ofTokenTime(nanos, to));
      } else if (metric != Metric.GAP && metric != Metric.OUTPUT_TPS && !unknown.contains(metric)) {
        each(tag(metric), value -> to.reading(metric, value));
        if (whole) {
          each(LoggedTag.limitOf(metric), limit -> to.atLeast(metric, limit));
        }
      }
    }
  }

  private String tag(Metric metric) {
    boolean apart = whole && failed() > 0;
    return switch (metric) {
      case E2E -> apart ? LoggedTag.E2E_COMPLETE.tag() : metric.label();
      case RESPONSE_E2E -> apart ? LoggedTag.RESPONSE_E2E_COMPLETE.tag() : metric.label();
      default -> metric.label();
    };
  }

  /** Hands on each value of a tag; nothing where the log has none of it. */
  void each(LoggedTag tag, DoubleConsumer to) {
    if (whole) {
      each(tag.tag(), to);
    }
  }

  /** The sum of a tag's values. */
  long sum(LoggedTag tag) {
    double[] sum = {0};
    each(tag, value -> sum[0] += value);
    return Math.round(sum[0]);
  }

  /** How many streams a limit or the load's ceiling held back. */
  long held() {
    return whole
        ? Math.max(0, log.count(Metric.QUEUE.label()) - log.count(LoggedTag.START_ERROR.tag()))
        : 0;
  }

  private void each(String tag, DoubleConsumer to) {
    Optional<Histogram> histogram = log.histogram(tag);
    if (histogram.isPresent()) {
      for (HistogramIterationValue step : histogram.get().recordedValues()) {
        double value = histogram.get().medianEquivalentValue(step.getValueIteratedTo());
        for (long i = 0; i < step.getCountAtValueIteratedTo(); i++) {
          to.accept(value);
        }
      }
    }
  }
}
