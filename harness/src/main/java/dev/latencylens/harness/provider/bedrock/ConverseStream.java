package dev.latencylens.harness.provider.bedrock;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.framing.AwsEventStreamDecoder;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.provider.AttributeSink;
import dev.latencylens.harness.provider.ChatFields;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.ResponseHeaders;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * ConverseStream: {@code POST {base}/model/{model}/converse-stream}, by AWS's API reference
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html) and its
 * Java client 2.54.14, both as of November 2026.
 *
 * <p>The API has no seed: one that is asked for is not sent. A reasoning effort goes in {@code
 * outputConfig.effort}, which the API defines for all models that have one. A thinking budget has
 * no field of the API's own: it is sent in the form of Anthropic's models, as {@code thinking} in
 * {@code additionalModelRequestFields}; what other models take goes there through the target's
 * extra body.
 */
public final class ConverseStream implements StreamApi {
  private final BedrockRuntime service;

  ConverseStream(final BedrockRuntime service) {
    this.service = service;
  }

  @Override
  public Optional<URI> defaultBaseUrl() {
    return Optional.of(service.defaultBaseUrl());
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        BedrockRuntime.uri(baseUrl, request.model(), "converse-stream"),
        BedrockRuntime.HEADERS,
        RequestBody.toBytes(request, json -> writeFields(request, json)));
  }

  private static void writeFields(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    if (request.system().isPresent()) {
      json.writeArrayFieldStart("system");
      writeText(request.system().get(), json);
      json.writeEndArray();
    }
    json.writeArrayFieldStart("messages");
    for (final StreamRequest.Message message : request.messages()) {
      json.writeStartObject();
      json.writeStringField("role", message.role().name().toLowerCase(Locale.ROOT));
      json.writeArrayFieldStart("content");
      writeText(message.text(), json);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    writeInference(request, json);
    writeTools(request.tools(), json);
    if (request.reasoningEffort().isPresent()) {
      json.writeObjectFieldStart("outputConfig");
      json.writeStringField("effort", request.reasoningEffort().get());
      json.writeEndObject();
    }
    if (request.thinkingBudget().isPresent()) {
      json.writeObjectFieldStart("additionalModelRequestFields");
      writeThinking(request.thinkingBudget().getAsInt(), json);
      json.writeEndObject();
    }
  }

  private static void writeText(final String text, final JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  private static void writeInference(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart("inferenceConfig");
    if (request.maxOutputTokens().isPresent()) {
      json.writeNumberField("maxTokens", request.maxOutputTokens().getAsInt());
    }
    if (request.temperature().isPresent()) {
      json.writeNumberField("temperature", request.temperature().getAsDouble());
    }
    ChatFields.writeTexts("stopSequences", request.stop(), json);
    json.writeEndObject();
  }

  private static void writeTools(final List<StreamRequest.Tool> tools, final JsonGenerator json)
      throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("toolConfig");
    json.writeArrayFieldStart("tools");
    for (final StreamRequest.Tool tool : tools) {
      json.writeStartObject();
      json.writeObjectFieldStart("toolSpec");
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeObjectFieldStart("inputSchema");
      json.writeFieldName("json");
      json.writeRawValue(tool.parameters());
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeThinking(final int budget, final JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("thinking");
    if (budget == 0) {
      json.writeStringField("type", "disabled");
    } else {
      json.writeStringField("type", "enabled");
      json.writeNumberField("budget_tokens", budget);
    }
    json.writeEndObject();
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return new AwsEventStreamDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new ConverseDecoder();
  }

  @Override
  public Optional<String> errorType(final byte[] body) {
    return BedrockRuntime.errorType(body);
  }

  @Override
  public Optional<String> errorType(final ResponseHeaders headers, final byte[] body) {
    return BedrockRuntime.errorType(headers, body);
  }

  @Override
  public List<String> requestIdHeaders() {
    return BedrockRuntime.REQUEST_ID_HEADERS;
  }

  @Override
  public void readHeaders(final ResponseHeaders headers, final AttributeSink found) {
    service.reportRegion(found);
  }
}
