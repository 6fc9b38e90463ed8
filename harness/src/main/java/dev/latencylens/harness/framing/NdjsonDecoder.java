package dev.latencylens.harness.framing;

import dev.latencylens.harness.stream.BrokenStreamException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Newline-delimited JSON, by https://github.com/ndjson/ndjson-spec (version 1.0, read in November
 * 2026): a frame is one line. Lines end in LF or CRLF; a CR elsewhere is part of its line, and
 * blank lines are skipped. A frame is complete at the byte that ends its line, and reaches to its
 * last character: the CR of a CRLF is no part of it.
 *
 * <p>The specification demands a line end after each value, the last one included, and like half an
 * event of {@link SseDecoder} a line that was cut off is dropped, so that the stream shows as what
 * it is. Some servers put line ends only between their values, though: so an unfinished last line
 * is completed by the end of the body if it ends as an object does, in <code>}</code>. Whether it
 * is one is for the reader of the payload to judge, as with every frame.
 *
 * <p>A line that lies within the piece that was given is a view of the caller's array; others are
 * gathered in one buffer, which grows up to about twice the limit.
 */
public final class NdjsonDecoder implements FrameDecoder {
  private static final byte[] NOTHING = new byte[0];

  private final int maxFrameBytes;
  private final Frame frame = new Frame();

  /** The beginning of a line whose end has not come. */
  private byte[] buffer = NOTHING;

  private int partialBytes;
  private long consumedBytes;

  /**
   * Makes a decoder for one body.
   *
   * @param maxFrameBytes the most bytes that one line may have without its end, from 1
   */
  public NdjsonDecoder(final int maxFrameBytes) {
    if (maxFrameBytes < 1) {
      throw new IllegalArgumentException("the frame limit must be at least 1 byte");
    }
    this.maxFrameBytes = maxFrameBytes;
  }

  @Override
  public void decode(final byte[] bytes, final int offset, final int length, final FrameSink sink)
      throws BrokenStreamException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    final int end = offset + length;
    final long offsetInBody = consumedBytes - offset;
    consumedBytes += length;
    int position = offset;
    for (int at = LineEnds.indexOf(bytes, offset, end);
        at >= 0;
        at = LineEnds.indexOf(bytes, at + 1, end)) {
      if (bytes[at] == '\n') {
        line(bytes, position, at, offsetInBody + at + 1, sink);
        position = at + 1;
      }
    }
    if (position < end) {
      append(bytes, position, end);
    }
  }

  @Override
  public void end(final FrameSink sink) throws BrokenStreamException {
    int end = partialBytes;
    while (end > 0 && isBlank(buffer[end - 1])) {
      end--;
    }
    partialBytes = 0;
    if (end > 0 && buffer[end - 1] == '}') {
      pass(buffer, 0, end, consumedBytes, sink);
    }
    buffer = NOTHING;
  }

  private void line(
      final byte[] bytes,
      final int start,
      final int end,
      final long endOffset,
      final FrameSink sink)
      throws BrokenStreamException {
    if (partialBytes == 0) {
      pass(bytes, start, end, endOffset, sink);
    } else {
      if (start < end) {
        append(bytes, start, end);
      }
      final int length = partialBytes;
      partialBytes = 0;
      pass(buffer, 0, length, endOffset, sink);
    }
  }

  private void pass(
      final byte[] bytes,
      final int start,
      final int end,
      final long endOffset,
      final FrameSink sink)
      throws BrokenStreamException {
    final int textEnd = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    check(textEnd - start);
    int first = start;
    while (first < textEnd && isBlank(bytes[first])) {
      first++;
    }
    if (first == textEnd) {
      return;
    }
    frame.set(bytes, start, textEnd - start, endOffset);
    sink.frame(frame);
    frame.set(NOTHING, 0, 0, endOffset);
  }

  private void append(final byte[] bytes, final int start, final int end)
      throws BrokenStreamException {
    // A CR at the end may yet turn out to be part of the line's end.
    final int pending = bytes[end - 1] == '\r' ? 1 : 0;
    check((long) partialBytes + end - start - pending);
    final int size = partialBytes + end - start;
    if (size > buffer.length) {
      final long doubled = Math.max(1024L, 2L * buffer.length);
      buffer =
          Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(size, doubled)));
    }
    System.arraycopy(bytes, start, buffer, partialBytes, end - start);
    partialBytes = size;
  }

  private void check(final long length) throws BrokenStreamException {
    if (length > maxFrameBytes) {
      throw BrokenStreamException.tooLarge(
          "an event of the stream is larger than the limit of " + maxFrameBytes + " bytes");
    }
  }

  private static boolean isBlank(final byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
