package dev.latencylens.harness.fuzz;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.FrameSink;
import dev.latencylens.harness.stream.BrokenStreamException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two ways to feed one body. The body itself decides the cuts, so that an input is all there is.
 */
final class Cuts {
  private static final int LONGEST_PIECE = 64;

  private Cuts() {}

  /** The whole body at once. */
  static void none(final FrameDecoder decoder, final byte[] body, final FrameSink sink)
      throws BrokenStreamException {
    decoder.decode(body, 0, body.length, sink);
    decoder.end(sink);
  }

  /** Piece by piece; what was handed over is overwritten at once, as the transport does. */
  static void many(final FrameDecoder decoder, final byte[] body, final FrameSink sink)
      throws BrokenStreamException {
    final SplittableRandom random = new SplittableRandom(Arrays.hashCode(body));
    final int longest = 1 + random.nextInt(LONGEST_PIECE);
    final byte[] piece = new byte[longest + 1];
    for (int at = 0; at < body.length; ) {
      final int length = Math.min(body.length - at, random.nextInt(longest + 1));
      System.arraycopy(body, at, piece, 1, length);
      decoder.decode(piece, 1, length, sink);
      Arrays.fill(piece, (byte) '!');
      at += length;
    }
    decoder.end(sink);
  }

  /** One of the two. */
  @FunctionalInterface
  interface Way {
    void feed(FrameDecoder decoder, byte[] body, FrameSink sink) throws BrokenStreamException;
  }
}
