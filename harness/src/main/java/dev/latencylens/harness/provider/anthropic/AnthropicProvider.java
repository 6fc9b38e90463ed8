package dev.latencylens.harness.provider.anthropic;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Messages: {@code POST {base}/v1/messages}, by Anthropic's API reference
 * (https://platform.claude.com/docs/en/api/messages) and its Java client 3.12.0, both as of
 * November 2026. The API has no seed: one that is asked for is not sent.
 */
public final class AnthropicProvider implements Provider {
  /**
   * The limit on output where a request names none, in tokens: the API demands one. It is that of
   * the reference's own examples.
   */
  public static final int DEFAULT_MAX_TOKENS = 1024;

  private static final URI DEFAULT_BASE_URL = URI.create("https://api.anthropic.com");
  private static final String API_VERSION = "2023-06-01";

  /** Makes the provider. */
  public AnthropicProvider() {}

  @Override
  public String id() {
    return "anthropic";
  }

  @Override
  public URI defaultBaseUrl() {
    return DEFAULT_BASE_URL;
  }

  @Override
  public String keyVariable() {
    return "ANTHROPIC_API_KEY";
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        URI.create(baseUrl + "/v1/messages"),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "text/event-stream"),
            new WireRequest.Header("anthropic-version", API_VERSION)),
        RequestBody.toBytes(json -> writeFields(request, json)));
  }

  private static void writeFields(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    json.writeStringField("model", request.model());
    json.writeNumberField("max_tokens", request.maxOutputTokens().orElse(DEFAULT_MAX_TOKENS));
    if (request.system().isPresent()) {
      json.writeStringField("system", request.system().get());
    }
    json.writeArrayFieldStart("messages");
    for (final StreamRequest.Message message : request.messages()) {
      json.writeStartObject();
      json.writeStringField("role", message.role().name().toLowerCase(Locale.ROOT));
      json.writeStringField("content", message.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("stream", true);
    if (request.temperature().isPresent()) {
      json.writeNumberField("temperature", request.temperature().getAsDouble());
    }
    if (!request.stop().isEmpty()) {
      json.writeArrayFieldStart("stop_sequences");
      for (final String stop : request.stop()) {
        json.writeString(stop);
      }
      json.writeEndArray();
    }
  }

  @Override
  public void authenticate(
      final WireRequest request, final Secret key, final HeaderSetter headers) {
    key.use(value -> headers.set("x-api-key", value));
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return new SseDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new AnthropicDecoder();
  }

  @Override
  public Optional<String> errorType(final byte[] body) {
    return ErrorObject.inBody(body, "type");
  }

  @Override
  public String requestIdHeader() {
    return "request-id";
  }
}
