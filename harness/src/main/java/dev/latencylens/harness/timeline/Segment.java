package dev.latencylens.harness.timeline;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A stretch of one body: its bytes, and the stamp of each read that brought some of them. The
 * thread that fills it hands it over whole, so that filling and decoding share no state.
 */
final class Segment {
  /** A segment is handed over once it holds this many bytes. */
  static final int SIZE = 16 * 1024;

  private static final int FIRST_MARKS = 128;

  final byte[] bytes = new byte[SIZE];

  /** Stamp of each read; the last bytes of read {@code i} end before {@code ends[i]}. */
  long[] stamps = new long[FIRST_MARKS];

  int[] ends = new int[FIRST_MARKS];
  int reads;
  int length;

  /** Offset in the body of the first byte. */
  long base;

  Segment startAt(final long bodyOffset) {
    base = bodyOffset;
    reads = 0;
    length = 0;
    return this;
  }

  boolean isFull() {
    return length == SIZE;
  }

  /** Copies what fits; content callbacks that share a stamp belong to one read. */
  void append(final long stamp, final ByteBuffer source) {
    final int count = Math.min(source.remaining(), SIZE - length);
    source.get(bytes, length, count);
    length += count;
    if (reads > 0 && stamps[reads - 1] == stamp) {
      ends[reads - 1] = length;
      return;
    }
    if (reads == stamps.length) {
      stamps = Arrays.copyOf(stamps, reads * 2);
      ends = Arrays.copyOf(ends, reads * 2);
    }
    stamps[reads] = stamp;
    ends[reads] = length;
    reads++;
  }
}
