package dev.latencylens.harness.provider.google;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.ErrorObject;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.HeaderSetter;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
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
public final class GoogleProvider implements Provider {
  private static final URI DEFAULT_BASE_URL =
      URI.create("https://generativelanguage.googleapis.com/v1beta");
  private static final String MODELS = "models/";

  /** Makes the provider. */
  public GoogleProvider() {}

  @Override
  public String id() {
    return "google";
  }

  @Override
  public URI defaultBaseUrl() {
    return DEFAULT_BASE_URL;
  }

  @Override
  public String keyVariable() {
    return "GEMINI_API_KEY";
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        URI.create(
            baseUrl + "/" + MODELS + model(request.model()) + ":streamGenerateContent?alt=sse"),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "text/event-stream")),
        RequestBody.toBytes(json -> writeFields(request, json)));
  }

  /**
   * The model as a path segment; the reference also writes ids with {@code models/} before them.
   */
  private static String model(final String id) {
    final String name = id.startsWith(MODELS) ? id.substring(MODELS.length()) : id;
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void writeFields(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    if (request.system().isPresent()) {
      json.writeObjectFieldStart("systemInstruction");
      writeParts(request.system().get(), json);
      json.writeEndObject();
    }
    json.writeArrayFieldStart("contents");
    for (final StreamRequest.Message message : request.messages()) {
      json.writeStartObject();
      json.writeStringField(
          "role", message.role() == StreamRequest.Role.ASSISTANT ? "model" : "user");
      writeParts(message.text(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("generationConfig");
    if (request.maxOutputTokens().isPresent()) {
      json.writeNumberField("maxOutputTokens", request.maxOutputTokens().getAsInt());
    }
    if (request.temperature().isPresent()) {
      json.writeNumberField("temperature", request.temperature().getAsDouble());
    }
    if (request.seed().isPresent()) {
      json.writeNumberField("seed", request.seed().getAsLong());
    }
    if (!request.stop().isEmpty()) {
      json.writeArrayFieldStart("stopSequences");
      for (final String stop : request.stop()) {
        json.writeString(stop);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeParts(final String text, final JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("parts");
    json.writeStartObject();
    json.writeStringField("text", text);
    json.writeEndObject();
    json.writeEndArray();
  }

  @Override
  public void authenticate(
      final WireRequest request, final Secret key, final HeaderSetter headers) {
    key.use(value -> headers.set("x-goog-api-key", value));
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
  public String requestIdHeader() {
    return "x-goog-request-id";
  }
}
