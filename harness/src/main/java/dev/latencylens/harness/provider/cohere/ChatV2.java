package dev.latencylens.harness.provider.cohere;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.ChatFields;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chat: {@code POST {base}/v2/chat}, by Cohere's API reference
 * (https://docs.cohere.com/v2/reference/chat-stream), its OpenAPI description of August 2026
 * (https://github.com/cohere-ai/cohere-developer-experience) and its Java client 1.9.3, read in
 * November 2026.
 *
 * <p>Thinking is on by default where a model can think. The API has no degrees of it, so that of
 * the words for effort only its own two are sent, {@code enabled} and {@code disabled}; a budget
 * goes as {@code token_budget}, and one of 0, which the API refuses, as {@code disabled}.
 */
final class ChatV2 implements StreamApi {
  private static final URI DEFAULT_BASE_URL = URI.create("https://api.cohere.com");
  private static final String ENABLED = "enabled";
  private static final String DISABLED = "disabled";
  private static final Set<String> THINKING = Set.of(ENABLED, DISABLED);

  @Override
  public Optional<URI> defaultBaseUrl() {
    return Optional.of(DEFAULT_BASE_URL);
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        URI.create(baseUrl + "/v2/chat"),
        List.of(
            new WireRequest.Header("Content-Type", "application/json"),
            new WireRequest.Header("Accept", "text/event-stream")),
        RequestBody.toBytes(request, json -> writeFields(request, json)));
  }

  private static void writeFields(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    json.writeStringField("model", request.model());
    ChatFields.writeMessages(request, json);
    json.writeBooleanField("stream", true);
    if (request.maxOutputTokens().isPresent()) {
      json.writeNumberField("max_tokens", request.maxOutputTokens().getAsInt());
    }
    if (request.temperature().isPresent()) {
      json.writeNumberField("temperature", request.temperature().getAsDouble());
    }
    if (request.seed().isPresent()) {
      json.writeNumberField("seed", request.seed().getAsLong());
    }
    ChatFields.writeTexts("stop_sequences", request.stop(), json);
    writeThinking(request, json);
    ChatFields.writeTools(request.tools(), json);
  }

  private static void writeThinking(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    final int budget = request.thinkingBudget().orElse(-1);
    final Optional<String> word = request.reasoningEffort().filter(THINKING::contains);
    if (word.isEmpty() && budget < 0) {
      return;
    }
    final String type = word.orElse(budget == 0 ? DISABLED : ENABLED);
    json.writeObjectFieldStart("thinking");
    json.writeStringField("type", type);
    if (type.equals(ENABLED) && budget > 0) {
      json.writeNumberField("token_budget", budget);
    }
    json.writeEndObject();
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return new SseDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new CohereDecoder();
  }

  /** Nothing: an error is {@code {"id": …, "message": …}}, an id and free text. */
  @Override
  public Optional<String> errorType(final byte[] body) {
    return Optional.empty();
  }

  @Override
  public List<String> requestIdHeaders() {
    return List.of("x-debug-trace-id", "x-request-id");
  }
}
