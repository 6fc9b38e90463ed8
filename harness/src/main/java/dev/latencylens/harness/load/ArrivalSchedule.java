package dev.latencylens.harness.load;

import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Extent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * When each stream of a run is to start, fixed before the run: nothing that happens during it moves
 * an arrival. The same law, extent and seed give the same schedule on every machine and Java.
 * Immutable.
 */
public final class ArrivalSchedule {
  private static final String CANONICAL_HEAD = "latency-lens arrival schedule 1\n";
  private static final int FIRST_CAPACITY = 1024;
  private static final int HASH_CHUNK = 8192;

  private final long[] offsetNanos;
  private final long windowNanos;

  private ArrivalSchedule(final long[] offsetNanos, final long windowNanos) {
    this.offsetNanos = offsetNanos;
    this.windowNanos = windowNanos;
  }

  /**
   * Fixes a schedule.
   *
   * @param law when users come; not {@link Arrivals.Trace}, which has to be read first
   * @param extent where it ends; needed for all laws but {@link Arrivals.Steps}
   * @param seed of the random laws; without effect on the others
   * @return the schedule; empty if the law puts no arrival into the extent
   * @throws IllegalArgumentException if there is no end, there are more than {@link
   *     Extent#MOST_STARTS} starts, or the window is longer than {@link Extent#LONGEST}
   */
  public static ArrivalSchedule of(final Arrivals law, final Extent extent, final long seed) {
    return of(OffsetSequence.of(law, extent, seed), extent);
  }

  /**
   * Fixes a schedule of recorded arrivals.
   *
   * @param trace what was recorded
   * @param extent where it ends, if not with the trace
   * @return the schedule
   */
  public static ArrivalSchedule of(final RecordedTrace trace, final Extent extent) {
    return of(new OffsetSequence.Recorded(trace), extent);
  }

  private static ArrivalSchedule of(final OffsetSequence sequence, final Extent extent) {
    final long limit =
        Math.min(
            extent.duration().map(duration -> duration.toNanos()).orElse(Long.MAX_VALUE),
            sequence.endNanos());
    if (limit == Long.MAX_VALUE && extent.starts().isEmpty()) {
      throw new IllegalArgumentException(
          "arrivals of this kind never end: give a number of starts or a duration");
    }
    final int most = extent.starts().orElse(Extent.MOST_STARTS);
    long[] offsets = new long[Math.min(most, FIRST_CAPACITY)];
    int count = 0;
    while (true) {
      final long next = sequence.next();
      if (next >= limit || (extent.starts().isPresent() && count == most)) {
        return new ArrivalSchedule(
            Arrays.copyOf(offsets, count), requireWindow(Math.min(next, limit)));
      }
      if (count == most) {
        throw new IllegalArgumentException(
            "more than " + Extent.MOST_STARTS + " starts: give a lower rate, duration or count");
      }
      requireWindow(next);
      if (count == offsets.length) {
        offsets = Arrays.copyOf(offsets, (int) Math.min(2L * count, most));
      }
      offsets[count++] = next;
    }
  }

  private static long requireWindow(final long nanos) {
    if (nanos > Extent.LONGEST.toNanos()) {
      throw new IllegalArgumentException(
          "the schedule would last longer than "
              + Extent.LONGEST.toDays()
              + " days: give a shorter duration, or fewer starts");
    }
    return nanos;
  }

  /**
   * How many starts are planned.
   *
   * @return from 0 to {@link Extent#MOST_STARTS}
   */
  public int size() {
    return offsetNanos.length;
  }

  /**
   * When a stream is to start.
   *
   * @param index from 0, in the order of the starts
   * @return nanoseconds from the window's start, never less than the one before
   */
  public long offsetNanos(final int index) {
    return offsetNanos[index];
  }

  /**
   * How long the window lasts that the rates are of: up to the duration, the law's end, or, where a
   * count ends it, the arrival that would have been next. A trace ends one mean gap after its last
   * arrival.
   *
   * @return nanoseconds
   */
  public long windowNanos() {
    return windowNanos;
  }

  /**
   * How many starts are due by a time.
   *
   * @param elapsedNanos nanoseconds from the window's start
   * @return from 0 to {@link #size()}
   */
  public int dueBy(final long elapsedNanos) {
    int low = 0;
    int high = offsetNanos.length;
    while (low < high) {
      final int middle = (low + high) >>> 1;
      if (offsetNanos[middle] <= elapsedNanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * What the manifest says of the schedule: SHA-256 of the ASCII line {@code latency-lens arrival
   * schedule 1} with its line feed, then the window, the number of starts and each offset, all as
   * 8-byte big-endian integers.
   *
   * @return lower-case hexadecimal
   */
  public String sha256() {
    final MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
    digest.update(CANONICAL_HEAD.getBytes(StandardCharsets.US_ASCII));
    final ByteBuffer chunk = ByteBuffer.allocate(HASH_CHUNK);
    chunk.putLong(windowNanos).putLong(offsetNanos.length);
    for (final long offset : offsetNanos) {
      if (!chunk.hasRemaining()) {
        digest.update(chunk.flip());
        chunk.clear();
      }
      chunk.putLong(offset);
    }
    digest.update(chunk.flip());
    return HexFormat.of().formatHex(digest.digest());
  }
}
