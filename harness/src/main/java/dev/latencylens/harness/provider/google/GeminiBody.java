package dev.latencylens.harness.provider.google;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.provider.ChatFields;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.util.List;

/**
 * The body of {@code generateContent}, the same on the Gemini API and on Vertex AI. By Google's API
 * reference (https://ai.google.dev/api/generate-content) and its page on thinking
 * (https://ai.google.dev/gemini-api/docs/thinking), both as of November 2026.
 *
 * <p>The reasoning effort goes as {@code thinkingLevel}, which Gemini 3 and later take, the
 * thinking budget as {@code thinkingBudget}, which Gemini 2.5 takes. The API refuses both together:
 * of both the level is sent.
 *
 * @param includeThoughts whether summaries of the thoughts are asked for; the service's default is
 *     that they are not
 */
public record GeminiBody(boolean includeThoughts) {
  private static final String INCLUDE_THOUGHTS = "include_thoughts";

  /**
   * What a target says of thoughts.
   *
   * @param options the target's
   * @return the body's settings
   */
  public static GeminiBody of(final TargetOptions options) {
    return new GeminiBody(options.text(INCLUDE_THOUGHTS).orElse("").equals("yes"));
  }

  /**
   * The options that {@link #of} reads.
   *
   * @return in the order of the documentation
   */
  public static List<TargetOption> options() {
    return List.of(
        TargetOption.choice(
            INCLUDE_THOUGHTS,
            "no",
            "Whether summaries of the thoughts are streamed.",
            "yes",
            "no"));
  }

  /**
   * Writes the fields.
   *
   * @param request what is asked
   * @param json stands within the body's object
   * @throws IOException if the generator can't write
   */
  public void writeFields(final StreamRequest request, final JsonGenerator json)
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
    writeTools(request, json);
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
    ChatFields.writeTexts("stopSequences", request.stop(), json);
    writeThinking(request, json);
    json.writeEndObject();
  }

  private void writeThinking(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    if (!includeThoughts
        && request.reasoningEffort().isEmpty()
        && request.thinkingBudget().isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("thinkingConfig");
    if (request.reasoningEffort().isPresent()) {
      json.writeStringField("thinkingLevel", request.reasoningEffort().get());
    } else if (request.thinkingBudget().isPresent()) {
      json.writeNumberField("thinkingBudget", request.thinkingBudget().getAsInt());
    }
    if (includeThoughts) {
      json.writeBooleanField("includeThoughts", true);
    }
    json.writeEndObject();
  }

  private static void writeTools(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    if (request.tools().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    json.writeStartObject();
    json.writeArrayFieldStart("functionDeclarations");
    for (final StreamRequest.Tool tool : request.tools()) {
      json.writeStartObject();
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("parametersJsonSchema");
      json.writeRawValue(tool.parameters());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeParts(final String text, final JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("parts");
    json.writeStartObject();
    json.writeStringField("text", text);
    json.writeEndObject();
    json.writeEndArray();
  }
}
