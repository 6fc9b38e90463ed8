package dev.latencylens.harness.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.util.Locale;

/**
 * Responses: {@code POST {base}/responses}, by OpenAI's API reference
 * (https://platform.openai.com/docs/api-reference/responses/create) and its Java client 4.101.0,
 * both as of November 2026. It knows neither a seed nor stop texts: they are not sent.
 *
 * <p>Nothing is stored ({@code store: false}): a benchmark's answers are not to be found at the
 * service later. Tools are sent with {@code strict: false}: this API would otherwise enforce the
 * schema's form, which Chat Completions does only when it is asked to.
 */
public final class Responses extends OpenAiApi {
  Responses(final ApiSettings settings) {
    super(DEFAULT_BASE_URL, "/responses", settings);
  }

  @Override
  void writeFields(final StreamRequest request, final JsonGenerator json) throws IOException {
    json.writeStringField("model", request.model());
    if (request.system().isPresent()) {
      json.writeStringField("instructions", request.system().get());
    }
    json.writeArrayFieldStart("input");
    for (final StreamRequest.Message message : request.messages()) {
      json.writeStartObject();
      json.writeStringField("role", message.role().name().toLowerCase(Locale.ROOT));
      json.writeStringField("content", message.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("stream", true);
    json.writeBooleanField("store", false);
    if (settings().obfuscation().isPresent()) {
      json.writeObjectFieldStart("stream_options");
      settings().writeObfuscation(json);
      json.writeEndObject();
    }
    if (request.maxOutputTokens().isPresent()) {
      json.writeNumberField("max_output_tokens", request.maxOutputTokens().getAsInt());
    }
    if (request.temperature().isPresent()) {
      json.writeNumberField("temperature", request.temperature().getAsDouble());
    }
    writeReasoning(request, json);
    if (!request.tools().isEmpty()) {
      json.writeArrayFieldStart("tools");
      for (final StreamRequest.Tool tool : request.tools()) {
        writeTool(tool, json);
      }
      json.writeEndArray();
    }
  }

  private void writeReasoning(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    if (request.reasoningEffort().isEmpty() && settings().reasoningSummary().isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("reasoning");
    if (request.reasoningEffort().isPresent()) {
      json.writeStringField("effort", request.reasoningEffort().get());
    }
    if (settings().reasoningSummary().isPresent()) {
      json.writeStringField("summary", settings().reasoningSummary().get());
    }
    json.writeEndObject();
  }

  private static void writeTool(final StreamRequest.Tool tool, final JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "function");
    json.writeStringField("name", tool.name());
    json.writeStringField("description", tool.description());
    json.writeFieldName("parameters");
    json.writeRawValue(tool.parameters());
    json.writeBooleanField("strict", false);
    json.writeEndObject();
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new ResponsesDecoder();
  }
}
