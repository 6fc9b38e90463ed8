package dev.latencylens.harness.framing;

import dev.latencylens.harness.stream.BrokenStreamException;

/** Takes frames as they are completed. */
@FunctionalInterface
public interface FrameSink {
  /**
   * A frame is complete.
   *
   * @param frame valid during the call only
   * @throws BrokenStreamException if its payload can't be decoded
   */
  void frame(Frame frame) throws BrokenStreamException;
}
