package dev.latencylens.harness.provider;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Fields that several services took over from OpenAI's Chat Completions
 * (https://platform.openai.com/docs/api-reference/chat/create, November 2026), and lists of texts,
 * which are the same in all of JSON.
 */
public final class ChatFields {
  private ChatFields() {}

  /**
   * Writes {@code messages}: the system prompt as a message of that role, then the conversation,
   * each with {@code role} and a text as {@code content}.
   *
   * @param request what is asked
   * @param json stands within the object that gets the field
   * @throws IOException if the generator can't write
   */
  public static void writeMessages(final StreamRequest request, final JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("messages");
    if (request.system().isPresent()) {
      writeMessage("system", request.system().get(), json);
    }
    for (final StreamRequest.Message message : request.messages()) {
      writeMessage(message.role().name().toLowerCase(Locale.ROOT), message.text(), json);
    }
    json.writeEndArray();
  }

  private static void writeMessage(final String role, final String text, final JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("role", role);
    json.writeStringField("content", text);
    json.writeEndObject();
  }

  /**
   * Writes {@code tools}, each an object of the type {@code function} with the function in it.
   *
   * @param tools the functions; without any the field is left out
   * @param json stands within the object that gets the field
   * @throws IOException if the generator can't write
   */
  public static void writeTools(final List<StreamRequest.Tool> tools, final JsonGenerator json)
      throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    for (final StreamRequest.Tool tool : tools) {
      json.writeStartObject();
      json.writeStringField("type", "function");
      json.writeObjectFieldStart("function");
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("parameters");
      json.writeRawValue(tool.parameters());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /**
   * Writes a list of texts, such as those that end generation.
   *
   * @param field the field's name
   * @param texts the texts; without any the field is left out
   * @param json stands within the object that gets the field
   * @throws IOException if the generator can't write
   */
  public static void writeTexts(
      final String field, final List<String> texts, final JsonGenerator json) throws IOException {
    if (texts.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(field);
    for (final String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
