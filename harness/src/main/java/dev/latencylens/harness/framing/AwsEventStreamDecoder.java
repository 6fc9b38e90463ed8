package dev.latencylens.harness.framing;

import dev.latencylens.harness.stream.BrokenStreamException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * AWS's event stream, {@code application/vnd.amazon.eventstream}
 * (https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html, read in November 2026).
 * A frame is the payload of one message; its name is the message's {@code :event-type}, {@code
 * :exception-type} or {@code :error-code}, whichever its {@code :message-type} says.
 *
 * <p>AWS's own library reads the messages and checks their checksums. Here only the lengths are
 * read, once their checksum holds: to know where a message ends, and to refuse one that is too
 * large before it is buffered. A message that the end of the body cuts off is dropped, as {@link
 * SseDecoder} does: the stream then lacks its end, and is known as truncated by that.
 */
public final class AwsEventStreamDecoder implements FrameDecoder {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] NOTHING = new byte[0];

  /** The two lengths. */
  private static final int LENGTHS_BYTES = 2 * Integer.BYTES;

  /** The lengths and their checksum. */
  private static final int PRELUDE_BYTES = LENGTHS_BYTES + Integer.BYTES;

  /** What a message has beside headers and payload: the prelude, and a checksum of it all. */
  private static final int OVERHEAD_BYTES = PRELUDE_BYTES + Integer.BYTES;

  // What the library takes; it would refuse more only after all of it was buffered.
  private static final int MAX_HEADERS_BYTES = 128 * 1024;
  private static final int MAX_PAYLOAD_BYTES = 24 * 1024 * 1024;

  private final int maxFrameBytes;
  private final Frame frame = new Frame();

  /** The beginning of the message that is not complete yet. */
  private byte[] buffer = NOTHING;

  private int bufferedBytes;

  /** How long the message in the buffer is; 0 until its prelude is complete. */
  private int messageBytes;

  private long messageOffset;
  private long completeMessages;

  /**
   * Makes a decoder for one body.
   *
   * @param maxFrameBytes the most bytes that one message's payload may have, from 1; no payload may
   *     have more than 24 MiB in any case
   */
  public AwsEventStreamDecoder(final int maxFrameBytes) {
    if (maxFrameBytes < 1) {
      throw new IllegalArgumentException("the frame limit must be at least 1 byte");
    }
    this.maxFrameBytes = Math.min(maxFrameBytes, MAX_PAYLOAD_BYTES);
  }

  @Override
  public void decode(final byte[] bytes, final int offset, final int length, final FrameSink sink)
      throws BrokenStreamException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    final int end = offset + length;
    int position = offset;
    while (position < end) {
      if (bufferedBytes == 0 && end - position >= PRELUDE_BYTES) {
        final int whole = checkedLength(bytes, position);
        if (end - position >= whole) {
          message(bytes, position, whole, sink);
          position += whole;
          continue;
        }
      }
      position += gather(bytes, position, end, sink);
    }
  }

  @Override
  public void end(final FrameSink sink) {
    // What is unfinished now stays so; see above.
    buffer = NOTHING;
    bufferedBytes = 0;
    messageBytes = 0;
  }

  /** Takes what the unfinished message still lacks: first its prelude, then the rest. */
  private int gather(final byte[] bytes, final int position, final int end, final FrameSink sink)
      throws BrokenStreamException {
    final int wanted = messageBytes == 0 ? PRELUDE_BYTES : messageBytes;
    final int count = Math.min(wanted - bufferedBytes, end - position);
    reserve(bufferedBytes + count, wanted);
    System.arraycopy(bytes, position, buffer, bufferedBytes, count);
    bufferedBytes += count;
    if (bufferedBytes == wanted) {
      if (messageBytes == 0) {
        messageBytes = checkedLength(buffer, 0);
      } else {
        bufferedBytes = 0;
        messageBytes = 0;
        message(buffer, 0, wanted, sink);
      }
    }
    return count;
  }

  /** Grows with what has arrived: a length that was only claimed costs nothing. */
  private void reserve(final int size, final int wanted) {
    if (size > buffer.length) {
      final int doubled = Math.max(1024, 2 * buffer.length);
      buffer = Arrays.copyOf(buffer, Math.max(size, Math.min(wanted, doubled)));
    }
  }

  private int checkedLength(final byte[] bytes, final int at) throws BrokenStreamException {
    final CRC32 checksum = new CRC32();
    checksum.update(bytes, at, LENGTHS_BYTES);
    if ((int) checksum.getValue() != (int) INTS.get(bytes, at + LENGTHS_BYTES)) {
      throw malformed("the checksum of its lengths does not match");
    }
    final long whole = Integer.toUnsignedLong((int) INTS.get(bytes, at));
    final long headers = Integer.toUnsignedLong((int) INTS.get(bytes, at + Integer.BYTES));
    final long payload = whole - OVERHEAD_BYTES - headers;
    if (payload < 0 || headers > MAX_HEADERS_BYTES) {
      throw malformed("its lengths are impossible");
    }
    if (payload > maxFrameBytes) {
      throw BrokenStreamException.tooLarge(
          "a message of the stream is larger than the limit of " + maxFrameBytes + " bytes");
    }
    return (int) whole;
  }

  private void message(final byte[] bytes, final int at, final int length, final FrameSink sink)
      throws BrokenStreamException {
    final Message message = read(bytes, at, length);
    messageOffset += length;
    completeMessages++;
    final Map<String, HeaderValue> headers = message.getHeaders();
    final byte[] payload = message.getPayload();
    switch (text(headers, ":message-type")) {
      case "exception" -> frame.name(text(headers, ":exception-type"), true);
      case "error" -> frame.name(text(headers, ":error-code"), true);
      default -> frame.name(text(headers, ":event-type"), false);
    }
    frame.set(payload, 0, payload.length, messageOffset);
    sink.frame(frame);
    frame.set(NOTHING, 0, 0, messageOffset);
  }

  private Message read(final byte[] bytes, final int at, final int length)
      throws BrokenStreamException {
    try {
      return Message.decode(ByteBuffer.wrap(bytes, at, length).slice());
    } catch (final RuntimeException e) {
      // The library has no exception of its own: a header cut short is a buffer underflow, say.
      throw malformed("its checksum does not match, or its headers are broken");
    }
  }

  private static String text(final Map<String, HeaderValue> headers, final String name) {
    final HeaderValue value = headers.get(name);
    try {
      return value == null ? "" : value.getString();
    } catch (final IllegalStateException e) {
      // A number, say: no name.
      return "";
    }
  }

  private BrokenStreamException malformed(final String what) {
    return BrokenStreamException.malformed(
        "message "
            + (completeMessages + 1)
            + " of the stream, which begins at byte "
            + (messageOffset + 1)
            + ": "
            + what);
  }
}
