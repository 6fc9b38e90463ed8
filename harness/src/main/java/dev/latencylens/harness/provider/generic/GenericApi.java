package dev.latencylens.harness.provider.generic;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.NdjsonDecoder;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * An API that is described in the configuration: {@code POST {base}{path}}.
 *
 * @param path what is appended to the target's endpoint; may be empty
 * @param framing how events are cut
 * @param template the body of a request
 * @param places where things stand in an event
 * @param hidden what is known of reasoning that is not streamed
 */
record GenericApi(
    String path,
    Framing framing,
    RequestTemplate template,
    EventPlaces places,
    HiddenReasoning hidden)
    implements StreamApi {

  /** How events are cut. */
  enum Framing {
    SSE("text/event-stream"),
    NDJSON("application/x-ndjson");

    private final String mediaType;

    Framing(final String mediaType) {
      this.mediaType = mediaType;
    }
  }

  @Override
  public Optional<URI> defaultBaseUrl() {
    return Optional.empty();
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        URI.create(baseUrl + path),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", framing.mediaType)),
        RequestBody.toBytes(request, json -> template.writeFields(request, json)));
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return switch (framing) {
      case SSE -> new SseDecoder(maxFrameBytes);
      case NDJSON -> new NdjsonDecoder(maxFrameBytes);
    };
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new GenericDecoder(places, hidden);
  }

  @Override
  public Optional<String> errorType(final byte[] body) {
    return GenericDecoder.errorIn(body, places);
  }
}
