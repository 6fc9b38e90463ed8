package dev.latencylens.harness.timeline;

import dev.latencylens.harness.stream.Answer;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.Usage;
import java.util.Map;
import java.util.Optional;

/**
 * What a body said, as far as it came.
 *
 * @param content when content arrived
 * @param usage the last token counts reported
 * @param finishReason why generation ended
 * @param terminated whether the provider's end mark came
 * @param errorType the error that the provider reported inside the stream
 * @param broken where the body could not be decoded any further
 * @param attributes what the stream said of itself
 * @param answer the answer text, if there was any
 */
public record DecodedStream(
    Content content,
    Usage usage,
    Optional<String> finishReason,
    boolean terminated,
    Optional<String> errorType,
    Optional<BrokenStreamException> broken,
    Map<StreamAttribute, String> attributes,
    Optional<Answer> answer) {

  /** Copies the map. */
  public DecodedStream {
    attributes = Map.copyOf(attributes);
  }

  /**
   * Whether the stream said that it is over.
   *
   * @return true with a terminator or a finish reason
   */
  public boolean saidItsEnd() {
    return terminated || finishReason.isPresent();
  }
}
