package dev.latencylens.results.table;

/**
 * When a reading says more about the client than about the service: the instrument's error at the
 * same quantile exceeds 5% of the value and 0.1 ms.
 */
public final class Lateness {
  private static final double SHARE = 0.05;
  private static final double NANOS = 100_000;

  private Lateness() {}

  /**
   * Whether a value is marked.
   *
   * @param metric what it is a quantile of
   * @param value in the unit of the readings
   * @param errorNanos the instrument's error at the same quantile
   * @return false for a metric that no arrival is stamped for
   */
  public static boolean of(Metric metric, double value, double errorNanos) {
    return metric.isStamped() && errorNanos > NANOS && errorNanos > SHARE * metric.nanos(value);
  }
}
