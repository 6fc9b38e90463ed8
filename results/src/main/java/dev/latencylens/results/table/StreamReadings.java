package dev.latencylens.results.table;

import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import dev.latencylens.results.stats.Readings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/** What each of some streams says of each metric that a stream has one reading of. */
final class StreamReadings {
  private static final String IDLE = "timeout_idle";
  private static final String TIMEOUT = "timeout_";

  private final Map<Metric, Readings> byMetric = new EnumMap<>(Metric.class);

  /**
   * Gathers some metrics.
   *
   * @param metrics those that will be asked for; {@link Metric#GAP} stays empty, for its readings
   *     are in histograms
   */
  StreamReadings(Set<Metric> metrics) {
    metrics.forEach(metric -> byMetric.put(metric, new Readings()));
  }

  /** The readings of a metric that is gathered. */
  Readings of(Metric metric) {
    return Objects.requireNonNull(byMetric.get(metric));
  }

  void add(StreamLine line) {
    boolean complete = line.isComplete();
    OptionalLong limit = limit(line);
    add(Metric.TTFT, line.time(StreamTime.TTFT), limit);
    add(Metric.TTFAT, line.time(StreamTime.TTFAT), limit);
    // What a stream that broke off had until then is not its end: it would make failures look fast.
    add(Metric.E2E, complete ? line.time(StreamTime.E2E) : OptionalLong.empty(), limit);
    double tokenNanos = line.tpotNanos().orElse(0);
    if (complete && tokenNanos > 0) {
      add(Metric.TPOT, tokenNanos);
      add(Metric.OUTPUT_TPS, 1e9 / tokenNanos);
    }
    // The intended start of a retry is no user's.
    if (!line.isRefused() && line.count(StreamCount.ATTEMPT).isEmpty()) {
      addFromIntendedStart(line, complete, limit);
    }
  }

  private void addFromIntendedStart(StreamLine line, boolean complete, OptionalLong limit) {
    OptionalLong queued = line.time(StreamTime.QUEUE);
    queued.ifPresent(nanos -> add(Metric.QUEUE, (double) nanos));
    if (line.text(StreamText.HELD_BY).isEmpty()) {
      queued.ifPresent(nanos -> add(Metric.START_ERROR, (double) nanos));
    }
    OptionalLong responseLimit =
        limit.isEmpty() ? limit : OptionalLong.of(limit.getAsLong() + queued.orElse(0));
    add(Metric.RESPONSE_TTFT, line.time(StreamTime.RESPONSE_TTFT), responseLimit);
    add(
        Metric.RESPONSE_E2E,
        complete ? line.time(StreamTime.RESPONSE_E2E) : OptionalLong.empty(),
        responseLimit);
  }

  private void add(Metric metric, OptionalLong nanos, OptionalLong limit) {
    Readings readings = byMetric.get(metric);
    if (readings == null) {
      return;
    }
    if (nanos.isPresent()) {
      readings.add((double) nanos.getAsLong());
    } else if (limit.isPresent()) {
      readings.addCensored((double) limit.getAsLong());
    }
  }

  private void add(Metric metric, double value) {
    Readings readings = byMetric.get(metric);
    if (readings != null) {
      readings.add(value);
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
}
