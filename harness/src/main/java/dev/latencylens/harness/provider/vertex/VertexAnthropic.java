package dev.latencylens.harness.provider.vertex;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.AttributeSink;
import dev.latencylens.harness.provider.ErrorObject;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.ResponseHeaders;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.provider.anthropic.AnthropicBody;
import dev.latencylens.harness.provider.anthropic.AnthropicDecoder;
import dev.latencylens.harness.provider.google.FrontEndTiming;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Anthropic's models on Vertex AI: {@code POST
 * {base}/v1/projects/{project}/locations/{location}/publishers/anthropic/models/{model}:streamRawPredict},
 * by Anthropic's documentation
 * (https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai, November 2026). The
 * body is Anthropic's own, with a version and without the model.
 */
final class VertexAnthropic implements StreamApi {
  private static final String VERSION = "vertex-2023-10-16";

  private final VertexAddress address;
  private final AnthropicBody body;

  VertexAnthropic(final VertexAddress address, final AnthropicBody body) {
    this.address = address;
    this.body = body;
  }

  @Override
  public Optional<URI> defaultBaseUrl() {
    return Optional.of(address.defaultBaseUrl());
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        address.method(baseUrl, "anthropic", request.model(), "streamRawPredict"),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "text/event-stream")),
        RequestBody.toBytes(
            request,
            json -> {
              json.writeStringField("anthropic_version", VERSION);
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
    return new AnthropicDecoder();
  }

  /** Anthropic's form, or Google's where the gateway itself refuses. */
  @Override
  public Optional<String> errorType(final byte[] errorBody) {
    return ErrorObject.inBody(errorBody, "type", "status", "code");
  }

  @Override
  public List<String> requestIdHeaders() {
    return List.of("request-id", "x-request-id");
  }

  @Override
  public void readHeaders(final ResponseHeaders headers, final AttributeSink found) {
    address.reportRegion(found);
    FrontEndTiming.report(headers, found);
  }
}
