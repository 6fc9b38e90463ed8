package dev.latencylens.harness.provider.anthropic;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.ErrorObject;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Messages: {@code POST {base}/v1/messages}, by Anthropic's API reference
 * (https://platform.claude.com/docs/en/api/messages), its page on versions
 * (https://platform.claude.com/docs/en/api/versioning) and its Java client 3.12.0, all as of
 * November 2026.
 *
 * <p>Of the two versions of the API, 2026-10-21, which that client asks for, refuses every request
 * that has a temperature; the stream is the same. So 2023-06-01 is asked for unless a target says
 * otherwise.
 */
public final class Messages implements StreamApi {
  private static final URI DEFAULT_BASE_URL = URI.create("https://api.anthropic.com");
  static final String DEFAULT_API_VERSION = "2023-06-01";

  private final AnthropicBody body;
  private final String apiVersion;

  /**
   * Makes the API.
   *
   * @param body how requests are written
   * @param apiVersion the version of the API that is asked for
   */
  Messages(final AnthropicBody body, final String apiVersion) {
    this.body = body;
    this.apiVersion = apiVersion;
  }

  @Override
  public Optional<URI> defaultBaseUrl() {
    return Optional.of(DEFAULT_BASE_URL);
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        URI.create(baseUrl + "/v1/messages"),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "text/event-stream"),
            new WireRequest.Header("anthropic-version", apiVersion)),
        RequestBody.toBytes(
            request,
            json -> {
              json.writeStringField("model", request.model());
              json.writeBooleanField("stream", true);
              body.writeFields(request, json);
            }));
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return new SseDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new AnthropicDecoder(true);
  }

  @Override
  public Optional<String> errorType(final byte[] body) {
    return ErrorObject.inBody(body, "type");
  }

  @Override
  public List<String> requestIdHeaders() {
    return List.of("request-id", "x-request-id");
  }
}
