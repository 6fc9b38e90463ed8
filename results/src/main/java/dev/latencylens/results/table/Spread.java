package dev.latencylens.results.table;

import dev.latencylens.results.stats.Buckets;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.QuantileInterval;
import dev.latencylens.results.stats.Readings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How the readings of one metric of one cell lie, in a few figures however many there are.
 * Immutable.
 *
 * @param readings how many readings there are
 * @param censored how many of them a deadline cut off
 * @param intervals the intervals of the percentiles, in nanoseconds, or tokens in a second for a
 *     rate; none for {@code gap}, as the gaps of one stream depend on each other
 * @param buckets counts in fixed classes, in nanoseconds; for a rate they say nothing
 */
public record Spread(
    long readings, long censored, Map<Percentile, QuantileInterval> intervals, Buckets buckets) {

  /** From 0.1 ms to 100 s, six in each decade; the first and last catch what lies beyond. */
  private static final List<Double> BOUNDS_NANOS = bounds();

  /** Of no reading at all. */
  static final Spread NONE = of(new Readings());

  /** Copies the map. */
  public Spread {
    intervals = Map.copyOf(intervals);
  }

  /**
   * The interval of a percentile.
   *
   * @param percentile which
   * @return an end is empty where there are too few readings for one, or it is censored
   */
  public QuantileInterval interval(Percentile percentile) {
    return intervals.getOrDefault(percentile, QuantileInterval.NONE);
  }

  static Spread of(Readings readings) {
    List<Percentile> percentiles = List.of(Percentile.values());
    List<QuantileInterval> each =
        QuantileInterval.ofEach(readings, percentiles.stream().map(Percentile::quantile).toList());
    Map<Percentile, QuantileInterval> intervals = new EnumMap<>(Percentile.class);
    for (int i = 0; i < percentiles.size(); i++) {
      intervals.put(percentiles.get(i), each.get(i));
    }
    return new Spread(
        readings.count(), readings.censoredCount(), intervals, Buckets.of(readings, BOUNDS_NANOS));
  }

  static Spread of(Histogram gaps) {
    return new Spread(gaps.getTotalCount(), 0, Map.of(), Buckets.of(gaps, BOUNDS_NANOS));
  }

  private static List<Double> bounds() {
    List<Double> bounds = new ArrayList<>();
    for (long decade = 100_000; decade < 100_000_000_000L; decade *= 10) {
      long start = decade;
      Arrays.stream(new double[] {1, 1.5, 2, 3, 5, 7.5}).forEach(step -> bounds.add(step * start));
    }
    bounds.add(1e11);
    return List.copyOf(bounds);
  }
}
