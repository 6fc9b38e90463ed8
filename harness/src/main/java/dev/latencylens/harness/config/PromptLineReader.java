package dev.latencylens.harness.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latencylens.harness.stream.StreamRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads prompts from JSON lines: each an object with {@code prompt}, or with {@code messages} of
 * {@code role} and {@code content}, and optionally {@code max_output_tokens}. What is wrong is told
 * without a word of the prompts. For one file; not thread-safe.
 */
final class PromptLineReader {
  /** Nobody mends more than this at once. */
  private static final int MOST_PROBLEMS = 20;

  private static final String PROMPT = "prompt";
  private static final String MESSAGES = "messages";
  private static final String MAX_OUTPUT_TOKENS = "max_output_tokens";
  private static final String ROLE = "role";
  private static final String CONTENT = "content";
  private static final String SYSTEM = "system";
  private static final List<String> KEYS = List.of(PROMPT, MESSAGES, MAX_OUTPUT_TOKENS);
  private static final Set<String> MESSAGE_KEYS = Set.of(ROLE, CONTENT);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<String> problems = new ArrayList<>();

  /** What is wrong, to go on after the file's name. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Reads a whole file; what it returns counts only if there is no problem. */
  List<Dialogue> read(final byte[] bytes) {
    final List<Dialogue> dialogues = new ArrayList<>();
    final int end = withoutBlankEnd(bytes);
    int from = 0;
    for (int line = 1; from < end; line++) {
      final int to = lineEnd(bytes, from, end);
      if (line > Prompts.Lines.MOST_LINES) {
        problems.add(" has more than " + Prompts.Lines.MOST_LINES + " lines");
        return dialogues;
      }
      try {
        dialogues.add(dialogue(bytes, from, to, line));
      } catch (final IllegalArgumentException wrong) {
        problems.add(", line " + line + ": " + wrong.getMessage());
      }
      if (problems.size() == MOST_PROBLEMS) {
        problems.add(": there may be more: reading ended after " + MOST_PROBLEMS + " problems");
        return dialogues;
      }
      from = to + 1;
    }
    if (from == 0) {
      problems.add(" holds no prompt");
    }
    return dialogues;
  }

  private static int withoutBlankEnd(final byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r' || bytes[end - 1] == ' ')) {
      end--;
    }
    return end;
  }

  private static int lineEnd(final byte[] bytes, final int from, final int end) {
    int to = from;
    while (to < end && bytes[to] != '\n') {
      to++;
    }
    return to;
  }

  private static Dialogue dialogue(
      final byte[] bytes, final int from, final int to, final int line) {
    final String text =
        PromptFile.decode(bytes, from, to)
            .orElseThrow(() -> new IllegalArgumentException("is not in UTF-8"));
    final JsonNode json = json(line == 1 ? PromptFile.withoutByteOrderMark(text) : text);
    for (final Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      final String name = names.next();
      if (!KEYS.contains(name)) {
        throw new IllegalArgumentException(
            "unknown key " + Shown.text(name) + "; known are " + String.join(", ", KEYS));
      }
    }
    if (json.has(PROMPT) == json.has(MESSAGES)) {
      throw new IllegalArgumentException("must have prompt or messages, and not both");
    }
    final OptionalInt maxOutputTokens = maxOutputTokens(json.path(MAX_OUTPUT_TOKENS));
    if (json.has(PROMPT)) {
      final StreamRequest.Message prompt =
          new StreamRequest.Message(StreamRequest.Role.USER, text(PROMPT, json.path(PROMPT)));
      return new Dialogue(Optional.empty(), List.of(prompt), maxOutputTokens);
    }
    return dialogue(json.path(MESSAGES), maxOutputTokens);
  }

  private static JsonNode json(final String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("is empty: take it out");
    }
    final JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (final JsonProcessingException broken) {
      // Jackson's words may hold pieces of the prompt.
      final var place = broken.getLocation();
      throw new IllegalArgumentException(
          "is no JSON, or has a key twice"
              + (place == null ? "" : ": look near column " + Math.max(1, place.getColumnNr())),
          broken);
    }
    if (!json.isObject()) {
      throw new IllegalArgumentException("must be a JSON object");
    }
    return json;
  }

  private static OptionalInt maxOutputTokens(final JsonNode tokens) {
    if (tokens.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!tokens.isInt()) {
      throw new IllegalArgumentException(
          "max_output_tokens must be a whole number from 1 to " + Workload.MOST_OUTPUT_TOKENS);
    }
    return OptionalInt.of(tokens.intValue());
  }

  private static Dialogue dialogue(final JsonNode messages, final OptionalInt maxOutputTokens) {
    if (!messages.isArray()) {
      throw new IllegalArgumentException("messages must be a list");
    }
    Optional<String> system = Optional.empty();
    final List<StreamRequest.Message> said = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      final JsonNode message = messages.get(i);
      if (!message.isObject() || !names(message).equals(MESSAGE_KEYS)) {
        throw new IllegalArgumentException("each message must have role and content, and no more");
      }
      final String content = text(CONTENT, message.path(CONTENT));
      switch (message.path(ROLE).asText()) {
        case "user" -> said.add(new StreamRequest.Message(StreamRequest.Role.USER, content));
        case "assistant" ->
            said.add(new StreamRequest.Message(StreamRequest.Role.ASSISTANT, content));
        case SYSTEM -> {
          if (i > 0) {
            throw new IllegalArgumentException("a system message must be the first");
          }
          system = Optional.of(content);
        }
        default -> throw new IllegalArgumentException("role must be user, assistant or system");
      }
    }
    return new Dialogue(system, said, maxOutputTokens);
  }

  private static Set<String> names(final JsonNode object) {
    final Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String text(final String name, final JsonNode value) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " must be text");
    }
    return value.textValue();
  }
}
