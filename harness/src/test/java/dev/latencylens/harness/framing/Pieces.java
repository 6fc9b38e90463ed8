package dev.latencylens.harness.framing;

import dev.latencylens.harness.stream.BrokenStreamException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Feeds bodies to a decoder piece by piece. Each piece is a copy that is overwritten at once, so
 * that a decoder which keeps the caller's array is found.
 *
 * @param <T> what a test keeps of a frame
 * @param newDecoder makes a decoder with a limit in bytes
 * @param read copies what is kept of a frame
 */
record Pieces<T>(IntFunction<FrameDecoder> newDecoder, Function<Frame, T> read) {

  /** The frames of a body in pieces of one size. */
  List<T> decode(final byte[] body, final int limit, final int piece) throws BrokenStreamException {
    final List<T> frames = new ArrayList<>();
    final FrameDecoder decoder = newDecoder.apply(limit);
    for (int i = 0; i < body.length; i += piece) {
      feed(decoder, body, i, Math.min(piece, body.length - i), frames);
    }
    decoder.end(frame -> frames.add(read.apply(frame)));
    return frames;
  }

  /** The frames of a body in two pieces. */
  List<T> splitAt(final byte[] body, final int limit, final int split)
      throws BrokenStreamException {
    final List<T> frames = new ArrayList<>();
    final FrameDecoder decoder = newDecoder.apply(limit);
    feed(decoder, body, 0, split, frames);
    feed(decoder, body, split, body.length - split, frames);
    decoder.end(frame -> frames.add(read.apply(frame)));
    return frames;
  }

  /** The frames, or what was said against the body. */
  Object attempt(final byte[] body, final int limit, final int piece) {
    try {
      return decode(body, limit, piece);
    } catch (final BrokenStreamException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void feed(
      final FrameDecoder decoder,
      final byte[] body,
      final int offset,
      final int length,
      final List<T> frames)
      throws BrokenStreamException {
    final byte[] piece = new byte[length + 3];
    System.arraycopy(body, offset, piece, 2, length);
    decoder.decode(piece, 2, length, frame -> frames.add(read.apply(frame)));
    Arrays.fill(piece, (byte) '!');
  }
}
