package dev.latencylens.harness.framing;

import dev.latencylens.harness.stream.BrokenStreamException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Server-sent events, as the WHATWG HTML Living Standard defines their interpretation in section
 * 9.2.6
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation, read
 * in November 2026). A frame is the data of one event; names, ids and retry times are ignored, as
 * the services repeat the event's type inside its data.
 *
 * <p>An event is complete at the byte that ends its blank line, for CRLF already at the CR. An
 * event without its blank line at the end of the body is dropped, as the standard asks: no service
 * that is supported here leaves that line out (Google's own JavaScript client refuses a stream that
 * does), and to pass on what might be half an event would hide that the stream was cut off.
 *
 * <p>The bytes of the data are passed on as they are: whether they are UTF-8 is for the reader of
 * the payload to judge. A frame whose one data line lies within the piece that was given is a view
 * of the caller's array; others are gathered in one buffer, which grows up to about twice the
 * limit.
 */
public final class SseDecoder implements FrameDecoder {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] NOTHING = new byte[0];

  /** The longest prefix of a data line: {@code data: }. */
  private static final int FIELD_BYTES = 6;

  private final int maxFrameBytes;
  private final Frame frame = new Frame();

  /** The gathered data of the unfinished event, then the unfinished line. */
  private byte[] buffer = NOTHING;

  private int gatheredBytes;
  private int partialBytes;

  private int dataLines;

  /** Where the event's only data line lies in the caller's array, or -1 if it was gathered. */
  private int viewOffset = -1;

  private int viewLength;

  private int markBytes;
  private boolean started;
  private boolean afterCarriageReturn;
  private long consumedBytes;

  /**
   * Makes a decoder for one body.
   *
   * @param maxFrameBytes the most bytes that one event's data may have, from 1; no line may be
   *     longer than that and its field name
   */
  public SseDecoder(final int maxFrameBytes) {
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
    int position = started ? offset : skipByteOrderMark(bytes, offset, end);
    while (position < end) {
      if (afterCarriageReturn) {
        afterCarriageReturn = false;
        if (bytes[position] == '\n') {
          position++;
          continue;
        }
      }
      final int lineEnd = LineEnds.indexOf(bytes, position, end);
      if (lineEnd < 0) {
        break;
      }
      afterCarriageReturn = bytes[lineEnd] == '\r';
      if (partialBytes == 0 && lineEnd == position) {
        dispatch(bytes, offsetInBody + lineEnd + 1, sink);
      } else {
        line(bytes, position, lineEnd);
      }
      position = lineEnd + 1;
    }
    keepView(bytes);
    if (position < end) {
      append(bytes, position, end - position);
    }
  }

  @Override
  public void end(final FrameSink sink) {
    // What is unfinished now stays so; see above.
    buffer = NOTHING;
    gatheredBytes = 0;
    partialBytes = 0;
    dataLines = 0;
  }

  private int skipByteOrderMark(final byte[] bytes, final int offset, final int end)
      throws BrokenStreamException {
    int position = offset;
    while (position < end && markBytes < BYTE_ORDER_MARK.length) {
      if (bytes[position] != BYTE_ORDER_MARK[markBytes]) {
        // No mark after all: what looked like one begins the first line.
        started = true;
        append(BYTE_ORDER_MARK, 0, markBytes);
        return position;
      }
      markBytes++;
      position++;
    }
    started = markBytes == BYTE_ORDER_MARK.length;
    return position;
  }

  private void line(final byte[] bytes, final int start, final int end)
      throws BrokenStreamException {
    if (partialBytes == 0) {
      checkLine(end - start);
      field(bytes, start, end, false);
    } else {
      append(bytes, start, end - start);
      final int gatheredEnd = gatheredBytes + partialBytes;
      partialBytes = 0;
      field(buffer, gatheredBytes, gatheredEnd, true);
    }
  }

  private void field(final byte[] source, final int start, final int end, final boolean inBuffer)
      throws BrokenStreamException {
    if (end - start < 4
        || source[start] != 'd'
        || source[start + 1] != 'a'
        || source[start + 2] != 't'
        || source[start + 3] != 'a'
        || (end - start > 4 && source[start + 4] != ':')) {
      return;
    }
    int value = Math.min(start + 5, end);
    if (value < end && source[value] == ' ') {
      value++;
    }
    if (dataLines == 0 && !inBuffer) {
      checkEvent(end - value);
      viewOffset = value;
      viewLength = end - value;
    } else {
      keepView(source);
      gather(source, value, end - value);
    }
    dataLines++;
  }

  private void gather(final byte[] source, final int offset, final int length)
      throws BrokenStreamException {
    final int separator = dataLines > 0 ? 1 : 0;
    checkEvent((long) gatheredBytes + separator + length);
    reserve(gatheredBytes + separator + length);
    // Where the source is the buffer itself, the line's field name leaves room for the separator.
    if (separator > 0) {
      buffer[gatheredBytes] = '\n';
    }
    System.arraycopy(source, offset, buffer, gatheredBytes + separator, length);
    gatheredBytes += separator + length;
  }

  private void dispatch(final byte[] bytes, final long endOffset, final FrameSink sink)
      throws BrokenStreamException {
    if (dataLines == 0) {
      return;
    }
    if (viewOffset >= 0) {
      frame.set(bytes, viewOffset, viewLength, endOffset);
    } else {
      frame.set(buffer, 0, gatheredBytes, endOffset);
    }
    viewOffset = -1;
    gatheredBytes = 0;
    dataLines = 0;
    sink.frame(frame);
    frame.set(NOTHING, 0, 0, endOffset);
  }

  /** Copies a data line out of the caller's array: its event is not complete in this piece. */
  private void keepView(final byte[] bytes) {
    if (viewOffset >= 0) {
      reserve(viewLength);
      System.arraycopy(bytes, viewOffset, buffer, 0, viewLength);
      gatheredBytes = viewLength;
      viewOffset = -1;
    }
  }

  private void append(final byte[] bytes, final int offset, final int length)
      throws BrokenStreamException {
    checkLine((long) partialBytes + length);
    final int used = gatheredBytes + partialBytes;
    reserve(used + length);
    System.arraycopy(bytes, offset, buffer, used, length);
    partialBytes += length;
  }

  private void reserve(final int size) {
    if (size > buffer.length) {
      final long doubled = Math.max(1024L, 2L * buffer.length);
      buffer =
          Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(size, doubled)));
    }
  }

  private void checkLine(final long length) throws BrokenStreamException {
    checkEvent(length - FIELD_BYTES);
  }

  private void checkEvent(final long length) throws BrokenStreamException {
    if (length > maxFrameBytes) {
      throw BrokenStreamException.tooLarge(
          "an event of the stream is larger than the limit of " + maxFrameBytes + " bytes");
    }
  }
}
