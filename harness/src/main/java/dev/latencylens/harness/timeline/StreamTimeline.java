package dev.latencylens.harness.timeline;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.provider.EventDecoder;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream's arrivals: on the I/O thread a stamp and a copy for each read, decoding elsewhere.
 *
 * <p>Only until the first content has come are events decoded on the I/O thread, since a deadline
 * waits for it. From then on full segments go to the decoder thread, and the rest after the end of
 * the body. The methods are called by one thread at a time, which need not be the same: the caller
 * sees to that.
 */
public final class StreamTimeline {
  /** What a read brought. */
  public enum Progress {
    /** Bytes, and nothing that a deadline waits for. */
    BYTES,
    /** The first content of the stream. */
    FIRST_CONTENT,
    /** Bytes that can't be decoded. */
    BROKEN,
    /** More bytes than a stream may have. */
    TOO_LARGE
  }

  private final ArrivalDecoder decoder;
  private final SegmentPool pool;
  private final Executor decoderThread;
  private final Runnable onBroken;
  private final long maxBytes;

  private @Nullable Segment filling;
  private int decodedHere;
  private long received;
  private boolean decodesHere = true;
  private long firstByte;

  /**
   * Prepares for one stream.
   *
   * @param frames cuts its body into frames
   * @param events decodes them
   * @param pool gives the segments
   * @param decoderThread runs the decoding in order
   * @param maxBytes the largest body to accept
   * @param keepText whether the answer's text is kept, and not only described
   * @param onBroken is called on the decoder thread when the body can't be decoded any further, so
   *     that the rest need not be received
   */
  public StreamTimeline(
      final FrameDecoder frames,
      final EventDecoder events,
      final SegmentPool pool,
      final Executor decoderThread,
      final long maxBytes,
      final boolean keepText,
      final Runnable onBroken) {
    this.decoder = new ArrivalDecoder(frames, events, keepText);
    this.pool = pool;
    this.decoderThread = decoderThread;
    this.maxBytes = maxBytes;
    this.onBroken = onBroken;
  }

  /**
   * Takes the bytes of one read.
   *
   * @param stamp {@link System#nanoTime()} when they were ready to be read
   * @param bytes consumed whole
   * @return what the read brought
   */
  public Progress read(final long stamp, final ByteBuffer bytes) {
    if (received == 0 && bytes.hasRemaining()) {
      firstByte = stamp;
    }
    if (received + bytes.remaining() > maxBytes) {
      return Progress.TOO_LARGE;
    }
    Progress progress = Progress.BYTES;
    while (bytes.hasRemaining()) {
      Segment segment = filling;
      if (segment == null) {
        segment = pool.take(received);
        filling = segment;
        decodedHere = 0;
      }
      final int before = segment.length;
      segment.append(stamp, bytes);
      received += segment.length - before;
      if (decodesHere) {
        final boolean whole = decoder.decode(segment, decodedHere, segment.length);
        decodedHere = segment.length;
        if (!whole) {
          return Progress.BROKEN;
        }
        if (decoder.hasContent()) {
          decodesHere = false;
          progress = Progress.FIRST_CONTENT;
        }
      }
      if (segment.isFull()) {
        handOver(segment);
      }
    }
    return progress;
  }

  /**
   * Whether any byte of the body has come.
   *
   * @return true from the first byte on
   */
  public boolean hasBytes() {
    return received > 0;
  }

  /**
   * When the first byte of the body was ready to be read.
   *
   * @return the stamp; meaningless before {@link #hasBytes()}
   */
  public long firstByte() {
    return firstByte;
  }

  /**
   * Decodes what is left, then tells the result. No read may follow.
   *
   * @param bodyEnded whether the body ended properly
   * @param then is called on the decoder thread
   */
  public void finish(final boolean bodyEnded, final Consumer<DecodedStream> then) {
    final Segment rest = filling;
    filling = null;
    final int from = decodedHere;
    decoderThread.execute(
        () -> {
          if (rest != null) {
            decoder.decode(rest, from, rest.length);
            pool.giveBack(rest);
          }
          if (bodyEnded) {
            decoder.end();
          }
          then.accept(decoder.decoded());
        });
  }

  private void handOver(final Segment full) {
    filling = null;
    final int from = decodedHere;
    decodedHere = 0;
    if (from == full.length) {
      pool.giveBack(full);
      return;
    }
    decoderThread.execute(
        () -> {
          final boolean whole = decoder.decode(full, from, full.length);
          pool.giveBack(full);
          if (!whole) {
            onBroken.run();
          }
        });
  }
}
