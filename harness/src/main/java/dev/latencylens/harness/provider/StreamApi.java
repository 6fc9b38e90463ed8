package dev.latencylens.harness.provider;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One streaming API of a provider, as one target asks it: how a request is written, and how the
 * answer is read. Immutable and thread-safe; the decoders that it makes belong to one stream each.
 */
public interface StreamApi {
  /**
   * The service's own endpoint, used where a target names none.
   *
   * @return an https URI without a trailing slash, or plain http on loopback for a server that runs
   *     on the machine itself; empty where each customer has an endpoint of their own, and a target
   *     must name it
   */
  Optional<URI> defaultBaseUrl();

  /**
   * Encodes a request for a streamed answer with usage.
   *
   * @param baseUrl the target's endpoint, without a trailing slash
   * @param request what to ask
   * @return the request, without credentials
   */
  WireRequest encode(URI baseUrl, StreamRequest request);

  /**
   * Makes the decoder of the wire framing.
   *
   * @param maxFrameBytes the largest frame to accept
   * @return a decoder for one body
   */
  FrameDecoder newFrameDecoder(int maxFrameBytes);

  /**
   * Makes the decoder of this API's events.
   *
   * @return a decoder for one stream
   */
  EventDecoder newEventDecoder();

  /**
   * Whether a request can fix the length of its answer: one of {@link StreamRequest#exactOutput()}.
   *
   * @return false where the service has no field for it, or none is known
   */
  default boolean takesExactOutput() {
    return false;
  }

  /**
   * Finds the error type in the body of a response that is not a stream.
   *
   * @param body the body, or its beginning
   * @return the provider's error type or code, at most 64 characters of {@code [A-Za-z0-9_.-]};
   *     never its free text
   */
  Optional<String> errorType(byte[] body);

  /**
   * Finds the error type in a response that is not a stream, for services that put it into a
   * header.
   *
   * @param headers the response's headers
   * @param body the body, or its beginning
   * @return as {@link #errorType(byte[])}, which is all that this reads unless it is overridden
   */
  default Optional<String> errorType(final ResponseHeaders headers, final byte[] body) {
    return errorType(body);
  }

  /**
   * The response headers that may carry the service's id of the request.
   *
   * @return header names, the best first
   */
  default List<String> requestIdHeaders() {
    return List.of("x-request-id");
  }

  /**
   * Reads what the head of a response says of the stream, beside its id and its rate limits, and
   * what is known of it without any response, such as the region that was asked.
   *
   * @param headers the response's headers
   * @param found is told each attribute; what comes from a header may be of any form
   */
  default void readHeaders(final ResponseHeaders headers, final AttributeSink found) {}
}
