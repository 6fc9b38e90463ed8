package dev.latencylens.harness.provider;

import dev.latencylens.harness.framing.Frame;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.EventSink;

/**
 * Turns the frames of one stream into events. One decoder reads one stream; not thread-safe, but
 * may be handed from thread to thread.
 */
public interface EventDecoder {
  /**
   * Decodes one frame.
   *
   * @param frame the next frame, in order
   * @param sink is told what the frame says
   * @throws BrokenStreamException if the frame is not what this provider sends and its meaning is
   *     not clear
   */
  void decode(Frame frame, EventSink sink) throws BrokenStreamException;

  /**
   * The body has ended: reports what could only be known then, such as the final usage.
   *
   * @param sink is told what remains
   */
  void end(EventSink sink);
}
