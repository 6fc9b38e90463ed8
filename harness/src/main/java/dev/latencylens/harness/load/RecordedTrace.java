package dev.latencylens.harness.load;

import dev.latencylens.harness.config.Extent;
import java.util.Arrays;

/**
 * Arrivals that were recorded, with the lengths of what was asked and answered. Kept in primitive
 * arrays, as traces have millions of entries. Immutable.
 */
public final class RecordedTrace {
  private static final int FIRST_CAPACITY = 1024;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final long[] offsetNanos;
  private final int[] inputTokens;
  private final int[] outputTokens;
  private final int skipped;

  private RecordedTrace(final Builder builder) {
    offsetNanos = Arrays.copyOf(builder.offsetNanos, builder.size);
    inputTokens = Arrays.copyOf(builder.inputTokens, builder.size);
    outputTokens = Arrays.copyOf(builder.outputTokens, builder.size);
    skipped = builder.skipped;
  }

  /**
   * How many arrivals there are.
   *
   * @return from 1 to {@link Extent#MOST_STARTS}
   */
  public int size() {
    return offsetNanos.length;
  }

  /**
   * When an entry arrived.
   *
   * @param index from 0
   * @return nanoseconds from the window's start, never less than the one before
   */
  public long offsetNanos(final int index) {
    return offsetNanos[index];
  }

  /**
   * The length of what was asked.
   *
   * @param index from 0
   * @return tokens, from 1
   */
  public int inputTokens(final int index) {
    return inputTokens[index];
  }

  /**
   * The length of the answer.
   *
   * @param index from 0
   * @return tokens, from 1
   */
  public int outputTokens(final int index) {
    return outputTokens[index];
  }

  /**
   * How many rows of the file are not among the entries, as the recorded request had failed.
   *
   * @return from 0
   */
  public int skipped() {
    return skipped;
  }

  /**
   * Where a window with the whole trace ends: one mean gap after the last arrival, at least one
   * second if there is no gap to go by.
   */
  long endNanos() {
    final long first = offsetNanos[0];
    final long last = offsetNanos[offsetNanos.length - 1];
    return last > first ? last + Math.max(1, (last - first) / (size() - 1)) : last + SECOND_NANOS;
  }

  /** Collects entries. */
  static final class Builder {
    private long[] offsetNanos = new long[FIRST_CAPACITY];
    private int[] inputTokens = new int[FIRST_CAPACITY];
    private int[] outputTokens = new int[FIRST_CAPACITY];
    private int size;
    private int skipped;

    void add(final long offset, final int input, final int output) {
      if (size == offsetNanos.length) {
        offsetNanos = Arrays.copyOf(offsetNanos, 2 * size);
        inputTokens = Arrays.copyOf(inputTokens, 2 * size);
        outputTokens = Arrays.copyOf(outputTokens, 2 * size);
      }
      offsetNanos[size] = offset;
      inputTokens[size] = input;
      outputTokens[size++] = output;
    }

    void skip() {
      skipped++;
    }

    int size() {
      return size;
    }

    RecordedTrace build() {
      return new RecordedTrace(this);
    }
  }
}
