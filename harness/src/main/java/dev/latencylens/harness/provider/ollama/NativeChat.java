package dev.latencylens.harness.provider.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.NdjsonDecoder;
import dev.latencylens.harness.provider.ChatFields;
import dev.latencylens.harness.provider.ErrorObject;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Chat: {@code POST {base}/api/chat}, by Ollama's API reference
 * (https://github.com/ollama/ollama/blob/main/docs/api.md) and its server's own types
 * (api/types.go), both of August 2026, read in November 2026.
 *
 * <p>Effort goes as {@code think}: {@code true} and {@code false} as booleans, any other word
 * (GPT-OSS takes {@code low}, {@code medium} and {@code high}) as it is. Where it is left out,
 * models that can think do. The API has no budget for thinking: one that is asked for is not sent.
 */
final class NativeChat implements StreamApi {
  /** Plain http, which is accepted on the machine itself: the server speaks nothing else. */
  private static final URI DEFAULT_BASE_URL = URI.create("http://127.0.0.1:11434");

  private static final Pattern SECONDS = Pattern.compile("-?[0-9]+");

  private final Optional<String> keepAlive;

  NativeChat(final Optional<String> keepAlive) {
    this.keepAlive = keepAlive;
  }

  @Override
  public Optional<URI> defaultBaseUrl() {
    return Optional.of(DEFAULT_BASE_URL);
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        URI.create(baseUrl + "/api/chat"),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "application/x-ndjson")),
        RequestBody.toBytes(request, json -> writeFields(request, json)));
  }

  private void writeFields(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    json.writeStringField("model", request.model());
    ChatFields.writeMessages(request, json);
    json.writeBooleanField("stream", true);
    if (request.reasoningEffort().isPresent()) {
      writeThink(request.reasoningEffort().get(), json);
    }
    if (keepAlive.isPresent()) {
      writeKeepAlive(keepAlive.get(), json);
    }
    ChatFields.writeTools(request.tools(), json);
    writeOptions(request, json);
  }

  private static void writeThink(final String effort, final JsonGenerator json) throws IOException {
    switch (effort) {
      case "true", "false" -> json.writeBooleanField("think", effort.equals("true"));
      default -> json.writeStringField("think", effort);
    }
  }

  private static void writeKeepAlive(final String duration, final JsonGenerator json)
      throws IOException {
    // The server takes a bare number as seconds, but refuses it as a text.
    if (SECONDS.matcher(duration).matches()) {
      json.writeNumberField("keep_alive", Long.parseLong(duration));
    } else {
      json.writeStringField("keep_alive", duration);
    }
  }

  private static void writeOptions(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart("options");
    if (request.maxOutputTokens().isPresent()) {
      json.writeNumberField("num_predict", request.maxOutputTokens().getAsInt());
    }
    if (request.temperature().isPresent()) {
      json.writeNumberField("temperature", request.temperature().getAsDouble());
    }
    if (request.seed().isPresent()) {
      json.writeNumberField("seed", request.seed().getAsLong());
    }
    ChatFields.writeTexts("stop", request.stop(), json);
    json.writeEndObject();
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return new NdjsonDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new OllamaDecoder();
  }

  /** Found only where a gateway answers: the server's own {@code error} is free text. */
  @Override
  public Optional<String> errorType(final byte[] body) {
    return ErrorObject.inBody(body, "type", "code");
  }
}
