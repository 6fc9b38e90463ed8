package dev.latencylens.results.table;

import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.stats.Readings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The readings of each metric that a stream has one of, of some streams. */
final class StreamReadings implements ReadingSink {
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
    LineReadings.of(line, this);
  }

  @Override
  public void reading(Metric metric, double value) {
    Readings readings = byMetric.get(metric);
    if (readings != null) {
      readings.add(value);
    }
  }

  @Override
  public void atLeast(Metric metric, double limit) {
    Readings readings = byMetric.get(metric);
    if (readings != null) {
      readings.addCensored(limit);
    }
  }
}
