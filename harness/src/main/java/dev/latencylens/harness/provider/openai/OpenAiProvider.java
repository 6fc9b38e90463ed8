package dev.latencylens.harness.provider.openai;

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
 * Chat Completions: {@code POST {base}/chat/completions}, by OpenAI's API reference
 * (https://platform.openai.com/docs/api-reference/chat/create) and its Java client 4.101.0, both as
 * of November 2026.
 *
 * <p>The limit on output goes as {@code max_completion_tokens}: OpenAI's reasoning models refuse
 * the older {@code max_tokens}, and its API refuses both together. Compatible servers take it too
 * (llama.cpp since February 2026, vLLM and SGLang longer); an older one that ignores it generates
 * up to its own limit.
 *
 * <p>The system prompt goes as a message of the role {@code system}: OpenAI takes it as {@code
 * developer} where a model knows only that, and compatible servers know only {@code system}.
 */
public final class OpenAiProvider implements Provider {
  private static final URI DEFAULT_BASE_URL = URI.create("https://api.openai.com/v1");

  /** Makes the provider. */
  public OpenAiProvider() {}

  @Override
  public String id() {
    return "openai";
  }

  @Override
  public URI defaultBaseUrl() {
    return DEFAULT_BASE_URL;
  }

  @Override
  public String keyVariable() {
    return "OPENAI_API_KEY";
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        URI.create(baseUrl + "/chat/completions"),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "text/event-stream")),
        RequestBody.toBytes(json -> writeFields(request, json)));
  }

  private static void writeFields(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    json.writeStringField("model", request.model());
    json.writeArrayFieldStart("messages");
    if (request.system().isPresent()) {
      writeMessage("system", request.system().get(), json);
    }
    for (final StreamRequest.Message message : request.messages()) {
      writeMessage(message.role().name().toLowerCase(Locale.ROOT), message.text(), json);
    }
    json.writeEndArray();
    json.writeBooleanField("stream", true);
    json.writeObjectFieldStart("stream_options");
    json.writeBooleanField("include_usage", true);
    json.writeEndObject();
    if (request.maxOutputTokens().isPresent()) {
      json.writeNumberField("max_completion_tokens", request.maxOutputTokens().getAsInt());
    }
    if (request.temperature().isPresent()) {
      json.writeNumberField("temperature", request.temperature().getAsDouble());
    }
    if (request.seed().isPresent()) {
      json.writeNumberField("seed", request.seed().getAsLong());
    }
    if (!request.stop().isEmpty()) {
      json.writeArrayFieldStart("stop");
      for (final String stop : request.stop()) {
        json.writeString(stop);
      }
      json.writeEndArray();
    }
  }

  private static void writeMessage(final String role, final String text, final JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("role", role);
    json.writeStringField("content", text);
    json.writeEndObject();
  }

  @Override
  public void authenticate(
      final WireRequest request, final Secret key, final HeaderSetter headers) {
    key.use(value -> headers.set("Authorization", "Bearer " + value));
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return new SseDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new OpenAiDecoder();
  }

  @Override
  public Optional<String> errorType(final byte[] body) {
    return ErrorObject.inBody(body, "type", "code");
  }

  @Override
  public String requestIdHeader() {
    return "x-request-id";
  }
}
