package dev.latencylens.harness.provider.generic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.harness.stream.StreamRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What a request template may ask for, as <code>${name}</code>. */
enum Placeholder {
  MODEL,
  /** The texts of all messages, blank lines between them. */
  PROMPT,
  SYSTEM,
  /** An array of objects with {@code role} and {@code content}. */
  MESSAGES,
  MAX_OUTPUT_TOKENS,
  TEMPERATURE,
  SEED,
  /** An array of texts. */
  STOP,
  REASONING_EFFORT,
  THINKING_BUDGET,
  /** An array of function tools in the form that OpenAI gave them and most services took over. */
  TOOLS;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The name between the braces. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Placeholder> of(final String word) {
    return Arrays.stream(values()).filter(known -> known.word().equals(word)).findFirst();
  }

  static String words() {
    return Arrays.stream(values()).map(Placeholder::word).collect(Collectors.joining(", "));
  }

  /** Whether the value is an array, which can't be a part of a text. */
  boolean isArray() {
    return this == MESSAGES || this == STOP || this == TOOLS;
  }

  /**
   * The value in a request.
   *
   * @param systemInMessages whether {@link #MESSAGES} begins with the system prompt
   * @return empty where the request does not say
   */
  Optional<JsonNode> value(final StreamRequest request, final boolean systemInMessages) {
    return switch (this) {
      case MODEL -> Optional.of(JSON.textNode(request.model()));
      case PROMPT ->
          Optional.of(
              JSON.textNode(
                  request.messages().stream()
                      .map(StreamRequest.Message::text)
                      .collect(Collectors.joining("\n\n"))));
      case SYSTEM -> request.system().map(JSON::textNode);
      case MESSAGES -> Optional.of(messages(request, systemInMessages));
      case MAX_OUTPUT_TOKENS -> number(request.maxOutputTokens());
      case TEMPERATURE ->
          request.temperature().isPresent()
              ? Optional.of(JSON.numberNode(request.temperature().getAsDouble()))
              : Optional.empty();
      case SEED ->
          request.seed().isPresent()
              ? Optional.of(JSON.numberNode(request.seed().getAsLong()))
              : Optional.empty();
      case STOP -> Optional.of(stop(request.stop())).filter(texts -> !texts.isEmpty());
      case REASONING_EFFORT -> request.reasoningEffort().map(JSON::textNode);
      case THINKING_BUDGET -> number(request.thinkingBudget());
      case TOOLS -> Optional.of(tools(request.tools())).filter(tools -> !tools.isEmpty());
    };
  }

  private static Optional<JsonNode> number(final OptionalInt number) {
    return number.isPresent() ? Optional.of(JSON.numberNode(number.getAsInt())) : Optional.empty();
  }

  private static JsonNode messages(final StreamRequest request, final boolean withSystem) {
    final ArrayNode messages = JSON.arrayNode();
    if (withSystem && request.system().isPresent()) {
      messages.addObject().put("role", "system").put("content", request.system().get());
    }
    for (final StreamRequest.Message message : request.messages()) {
      messages
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.text());
    }
    return messages;
  }

  private static JsonNode stop(final List<String> stop) {
    final ArrayNode texts = JSON.arrayNode();
    stop.forEach(texts::add);
    return texts;
  }

  private static JsonNode tools(final List<StreamRequest.Tool> tools) {
    final ArrayNode array = JSON.arrayNode();
    for (final StreamRequest.Tool tool : tools) {
      final ObjectNode function = array.addObject().put("type", "function").putObject("function");
      function.put("name", tool.name()).put("description", tool.description());
      try {
        function.set("parameters", MAPPER.readTree(tool.parameters()));
      } catch (final JsonProcessingException e) {
        throw new IllegalArgumentException("the parameters of a tool are no JSON", e);
      }
    }
    return array;
  }
}
