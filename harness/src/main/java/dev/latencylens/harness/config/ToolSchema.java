package dev.latencylens.harness.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One entry of a workload's {@code tools}. */
final class ToolSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What all services take: OpenAI's rule, which is the strictest. */
  private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final Key<StreamRequest.Tool, String> NAME =
      Key.required(
          "name",
          Types.text(
              "1 to 64 letters, digits, underscores and hyphens",
              text -> FUNCTION.matcher(text).matches(),
              text -> text),
          StreamRequest.Tool::name,
          "The function's name.");

  private static final Key<StreamRequest.Tool, String> DESCRIPTION =
      Key.required(
          "description",
          Types.text("text that is not blank", text -> !text.isBlank(), Sha256::fingerprint),
          StreamRequest.Tool::description,
          "What the function does.");

  private static final Key<StreamRequest.Tool, JsonNode> PARAMETERS =
      Key.required(
          "parameters",
          new TreeType("a mapping: the JSON Schema of the arguments"),
          tool -> tree(tool.parameters()),
          "The JSON Schema of the function's arguments.");

  static final Section<StreamRequest.Tool> SECTION =
      new Section<>(
          List.of(NAME, DESCRIPTION, PARAMETERS),
          values ->
              Optional.of(
                  new StreamRequest.Tool(
                      values.get(NAME),
                      values.get(DESCRIPTION),
                      values.get(PARAMETERS).toString())));

  private ToolSchema() {}

  /** Reads back what this class wrote. */
  static JsonNode tree(final String json) {
    try {
      return JSON.readTree(json);
    } catch (final JsonProcessingException e) {
      throw new UncheckedIOException("not JSON", e);
    }
  }
}
