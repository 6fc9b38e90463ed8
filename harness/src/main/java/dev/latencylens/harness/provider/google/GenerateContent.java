package dev.latencylens.harness.provider.google;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.AttributeSink;
import dev.latencylens.harness.provider.ErrorObject;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.ResponseHeaders;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Gemini: {@code POST {base}/models/{model}:streamGenerateContent?alt=sse}, by Google's API
 * reference (https://ai.google.dev/api/generate-content) and its Java client 1.70.0, both as of
 * November 2026. The key goes in a header only: an address ends up in logs.
 */
public final class GenerateContent implements StreamApi {
  private static final URI DEFAULT_BASE_URL =
      URI.create("https://generativelanguage.googleapis.com/v1beta");
  private static final String MODELS = "models/";

  private final GeminiBody body;

  /**
   * Makes the API.
   *
   * @param body how requests are written
   */
  public GenerateContent(final GeminiBody body) {
    this.body = body;
  }

  @Override
  public Optional<URI> defaultBaseUrl() {
    return Optional.of(DEFAULT_BASE_URL);
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        URI.create(
            baseUrl + "/" + MODELS + model(request.model()) + ":streamGenerateContent?alt=sse"),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "text/event-stream")),
        RequestBody.toBytes(request, json -> body.writeFields(request, json)));
  }

  /**
   * The model as a path segment; the reference also writes ids with {@code models/} before them.
   */
  private static String model(final String id) {
    final String name = id.startsWith(MODELS) ? id.substring(MODELS.length()) : id;
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
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
  public Optional<String> errorType(final byte[] body) {
    return ErrorObject.inBody(body, "status", "code");
  }

  /**
   * The header that Google's other services use; the Gemini API documents none and its public
   * recordings show none. The id in the body stands in for it.
   */
  @Override
  public List<String> requestIdHeaders() {
    return List.of("x-goog-request-id", "x-request-id");
  }

  @Override
  public void readHeaders(final ResponseHeaders headers, final AttributeSink found) {
    FrontEndTiming.report(headers, found);
  }
}
