package dev.latencylens.benchmarks.floor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One stream of the floor: the bytes of a response over HTTP/1.1 (RFC 9112) and the stamps of the
 * reads that brought them; what they mean is looked at once all is over. Used by one thread.
 */
final class FloorStream {
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern ID = Pattern.compile("\"id\":\\s*\"([^\"]+)\"");
  private static final int FIRST_BYTES = 1 << 14;
  private static final int FIRST_READS = 256;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private long[] stamps = new long[FIRST_READS];
  private int[] ends = new int[FIRST_READS];
  private int reads;
  private boolean whole;

  /**
   * Takes what one read brought.
   *
   * @param stamp {@link System#nanoTime()} from before the read
   * @param read the bytes
   * @return whether the response is complete with them
   */
  boolean read(final long stamp, final ByteBuffer read) {
    final int more = read.remaining();
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
    read.get(bytes, length, more);
    length += more;
    if (reads == stamps.length) {
      stamps = Arrays.copyOf(stamps, 2 * reads);
      ends = Arrays.copyOf(ends, 2 * reads);
    }
    stamps[reads] = stamp;
    ends[reads++] = length;
    // The last chunk: no other ends so, as a chunk's data end with a blank line of the events.
    whole = length > 7 && endsWith("\r\n0\r\n\r\n");
    return whole;
  }

  private boolean endsWith(final String text) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[length - text.length() + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean isWhole() {
    return whole;
  }

  /** The id of the response, by which the simulator knows it. */
  Optional<String> id() {
    final Matcher matcher = ID.matcher(new String(bytes, 0, length, StandardCharsets.UTF_8));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The stamp of each event: of the read that brought its last byte. */
  long[] eventStamps() {
    final List<Long> found = new ArrayList<>();
    int at = indexOf(END_OF_HEAD, 0) + END_OF_HEAD.length;
    int newlines = 0;
    int read = 0;
    while (at < length) {
      int size = 0;
      while (bytes[at] != '\r') {
        size = 16 * size + Character.digit(bytes[at++], 16);
      }
      at += 2;
      for (final int end = at + size; at < end; at++) {
        newlines = bytes[at] == '\n' ? newlines + 1 : 0;
        if (newlines == 2) {
          while (ends[read] <= at) {
            read++;
          }
          found.add(stamps[read]);
          newlines = 0;
        }
      }
      at += 2;
    }
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  private int indexOf(final byte[] what, final int from) {
    for (int i = from; i + what.length <= length; i++) {
      if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new IllegalStateException("the response has no head");
  }
}
