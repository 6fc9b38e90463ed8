package dev.latencylens.results.stats;

import java.util.Arrays;

/**
 * The raw readings of one metric, those that a deadline cut off kept apart. Holds eight bytes a
 * reading. Not safe for use by several threads.
 */
public final class Readings {
  private static final int FIRST_CAPACITY = 64;

  private double[] values = new double[FIRST_CAPACITY];
  private int valueCount;
  private double[] limits = {};
  private int limitCount;

  /** Creates an empty collection. */
  public Readings() {}

  /**
   * Adds a reading.
   *
   * @param value finite
   */
  public void add(double value) {
    if (valueCount == values.length) {
      values = Arrays.copyOf(values, values.length + (values.length >> 1));
    }
    values[valueCount++] = value;
  }

  /**
   * Adds a reading of which only a lower bound is known.
   *
   * @param limit finite: the true value is at least this
   */
  public void addCensored(double limit) {
    if (limitCount == limits.length) {
      limits = Arrays.copyOf(limits, Math.max(FIRST_CAPACITY, limits.length * 2));
    }
    limits[limitCount++] = limit;
  }

  /**
   * Adds all that another collection holds.
   *
   * @param other the other; unchanged
   */
  public void addAll(Readings other) {
    for (int i = 0; i < other.valueCount; i++) {
      add(other.values[i]);
    }
    for (int i = 0; i < other.limitCount; i++) {
      addCensored(other.limits[i]);
    }
  }

  /**
   * How many readings there are.
   *
   * @return the known and the censored ones together
   */
  public int count() {
    return valueCount + limitCount;
  }

  /**
   * How many readings are censored.
   *
   * @return 0 or more
   */
  public int censoredCount() {
    return limitCount;
  }

  /** The backing array; only the first {@code count() - censoredCount()} places are readings. */
  double[] values() {
    return values;
  }

  /** A new array of the known values, and of the censored ones' limits. */
  double[] withLimits() {
    double[] all = Arrays.copyOf(values, count());
    System.arraycopy(limits, 0, all, valueCount, limitCount);
    return all;
  }

  /** A new array of the known values, and of one stand-in for each censored one. */
  double[] withEachLimitAs(double standIn) {
    double[] all = Arrays.copyOf(values, count());
    Arrays.fill(all, valueCount, all.length, standIn);
    return all;
  }
}
