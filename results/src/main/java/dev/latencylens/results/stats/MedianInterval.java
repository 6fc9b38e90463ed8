package dev.latencylens.results.stats;

import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Median;

/**
 * The median of a few values, and the {@link QuantileInterval} around it.
 *
 * @param median the median; NaN where there is no value
 * @param low the lower end; empty where there are too few values for an interval: below 6
 * @param high the upper end
 */
public record MedianInterval(double median, OptionalDouble low, OptionalDouble high) {
  /**
   * Computes it.
   *
   * @param values in any order
   * @return the median and its interval
   */
  public static MedianInterval of(double... values) {
    Readings readings = new Readings();
    for (double value : values) {
      readings.add(value);
    }
    QuantileInterval interval = QuantileInterval.of(readings, 0.5);
    return new MedianInterval(
        Median.withDefaults().evaluate(values.clone()), interval.low(), interval.high());
  }
}
