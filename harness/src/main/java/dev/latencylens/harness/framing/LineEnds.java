package dev.latencylens.harness.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the next line end in a byte array, eight bytes at a time. */
final class LineEnds {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BLOCK = 4 * Long.BYTES;
  private static final long LOW_BITS = 0x2020202020202020L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private LineEnds() {}

  /**
   * The first LF or CR.
   *
   * @param bytes where to look
   * @param from first index
   * @param to index after the last
   * @return its index, or -1
   */
  static int indexOf(final byte[] bytes, final int from, final int to) {
    int i = from;
    // Most of a line is one run of text: four words at once, as long as no line end is near.
    while (i <= to - BLOCK && block(bytes, i) == 0) {
      i += BLOCK;
    }
    while (i <= to - Long.BYTES) {
      final long controls = controls((long) LONGS.get(bytes, i));
      if (controls == 0) {
        i += Long.BYTES;
        continue;
      }
      i += Long.numberOfTrailingZeros(controls) >>> 3;
      if (isLineEnd(bytes[i])) {
        return i;
      }
      i++;
    }
    for (; i < to; i++) {
      if (isLineEnd(bytes[i])) {
        return i;
      }
    }
    return -1;
  }

  private static long block(final byte[] bytes, final int i) {
    return controls((long) LONGS.get(bytes, i))
        | controls((long) LONGS.get(bytes, i + Long.BYTES))
        | controls((long) LONGS.get(bytes, i + 2 * Long.BYTES))
        | controls((long) LONGS.get(bytes, i + 3 * Long.BYTES));
  }

  /**
   * Marks bytes below 0x20: one test for both line ends. What else is down there (a tab) is rare
   * enough to be looked at twice. Borrows can only mark bytes above the first true mark, and only
   * the first is used.
   */
  private static long controls(final long word) {
    return (word - LOW_BITS) & ~word & HIGH_BITS;
  }

  private static boolean isLineEnd(final byte b) {
    return b == '\n' || b == '\r';
  }
}
