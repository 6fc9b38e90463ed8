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
import dev.latencylens.harness.provider.google.FrontEndTiming;
import dev.latencylens.harness.provider.google.GeminiBody;
import dev.latencylens.harness.provider.google.GoogleDecoder;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Gemini on Vertex AI: {@code POST
 * {base}/v1/projects/{project}/locations/{location}/publishers/google/models/{model}:streamGenerateContent?alt=sse},
 * by Google Cloud's API reference
 * (https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference) and its Java
 * client 1.70.0, both as of November 2026.
 */
final class VertexGemini implements StreamApi {
  private final VertexAddress address;
  private final GeminiBody body;

  VertexGemini(final VertexAddress address, final GeminiBody body) {
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
        address.method(baseUrl, "google", request.model(), "streamGenerateContent?alt=sse"),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "text/event-stream")),
        RequestBody.toBytes(request, json -> body.writeFields(request, json)));
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return new SseDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new GoogleDecoder();
  }

  @Override
  public Optional<String> errorType(final byte[] errorBody) {
    return ErrorObject.inBody(errorBody, "status", "code");
  }

  @Override
  public void readHeaders(final ResponseHeaders headers, final AttributeSink found) {
    address.reportRegion(found);
    FrontEndTiming.report(headers, found);
  }
}
