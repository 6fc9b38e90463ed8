package dev.latencylens.harness.framing;

import dev.latencylens.harness.stream.BrokenStreamException;

/**
 * Cuts the bytes of one body into frames. The bytes may come in pieces of any size; the frames are
 * the same for each way of cutting. One decoder reads one body; not thread-safe, but may be handed
 * from thread to thread.
 */
public interface FrameDecoder {
  /**
   * Takes the next bytes of the body.
   *
   * @param bytes holds the bytes; not kept after the call
   * @param offset the first byte
   * @param length how many
   * @param sink is called for each frame that these bytes complete
   * @throws BrokenStreamException if the framing is broken or a frame is too large
   */
  void decode(byte[] bytes, int offset, int length, FrameSink sink) throws BrokenStreamException;

  /**
   * The body has ended.
   *
   * @param sink is called for a last frame that the end completes, where the framing allows that
   * @throws BrokenStreamException if the framing can't end here
   */
  void end(FrameSink sink) throws BrokenStreamException;
}
