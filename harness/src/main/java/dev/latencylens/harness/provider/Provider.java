package dev.latencylens.harness.provider;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.Optional;

/**
 * A service that streams: how to ask it, and how to read its answer. Implementations are found
 * through {@link java.util.ServiceLoader}, have a public constructor without parameters, keep no
 * state and are thread-safe.
 */
public interface Provider {
  /**
   * The name that stands in configurations and tables.
   *
   * @return lower-case letters, digits and hyphens, such as {@code openai}
   */
  String id();

  /**
   * The service's own endpoint, used where a target names none.
   *
   * @return an https URI without a trailing slash
   */
  URI defaultBaseUrl();

  /**
   * The environment variable that holds the key where the configuration names none.
   *
   * @return such as {@code OPENAI_API_KEY}
   */
  String keyVariable();

  /**
   * Encodes a request for a streamed answer with usage.
   *
   * @param baseUrl the target's endpoint, without a trailing slash
   * @param request what to ask
   * @return the request, without credentials
   */
  WireRequest encode(URI baseUrl, StreamRequest request);

  /**
   * Adds the credentials to a request that is about to be sent.
   *
   * @param request the encoded request, for services that sign it
   * @param key the target's key
   * @param headers takes the headers
   */
  void authenticate(WireRequest request, Secret key, HeaderSetter headers);

  /**
   * Makes the decoder of the wire framing.
   *
   * @param maxFrameBytes the largest frame to accept
   * @return a decoder for one body
   */
  FrameDecoder newFrameDecoder(int maxFrameBytes);

  /**
   * Makes the decoder of this provider's events.
   *
   * @return a decoder for one stream
   */
  EventDecoder newEventDecoder();

  /**
   * Finds the error type in the body of a response that is not a stream.
   *
   * @param body the body, or its beginning
   * @return the provider's error type or code, at most 64 characters of {@code [A-Za-z0-9_.-]};
   *     never its free text
   */
  Optional<String> errorType(byte[] body);

  /**
   * The response header that carries the service's id of the request.
   *
   * @return a header name
   */
  String requestIdHeader();
}
