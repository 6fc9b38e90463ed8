package dev.latencylens.harness.provider.generic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request's body with {@link Placeholder}s in its texts. A text that is one placeholder and
 * nothing else becomes its value, with its type; within a longer text the value is written out. A
 * field or element whose placeholder has no value is left out. Immutable and thread-safe.
 */
final class RequestTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}?");

  private final JsonNode tree;
  private final boolean systemInMessages;

  private RequestTemplate(final JsonNode tree, final boolean systemInMessages) {
    this.tree = tree;
    this.systemInMessages = systemInMessages;
  }

  /**
   * Checks a template.
   *
   * @param option the option it stands under
   * @param tree an object
   * @throws OptionException if it has an unknown placeholder, or one where it can't be filled in
   */
  static RequestTemplate parse(final String option, final JsonNode tree) throws OptionException {
    if (!tree.isObject()) {
      throw new OptionException(option, "must be a mapping: the body of the request");
    }
    final Set<Placeholder> used = EnumSet.noneOf(Placeholder.class);
    check(option, tree, used);
    return new RequestTemplate(tree, !used.contains(Placeholder.SYSTEM));
  }

  private static void check(final String option, final JsonNode node, final Set<Placeholder> used)
      throws OptionException {
    for (final Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getKey().contains("${")) {
        throw new OptionException(
            option, "has a placeholder in the name of a field; they stand in values");
      }
    }
    for (final JsonNode child : node) {
      check(option, child, used);
    }
    if (node.isTextual()) {
      checkText(option, node.asText(), used);
    }
  }

  private static void checkText(final String option, final String text, final Set<Placeholder> used)
      throws OptionException {
    final Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      final Optional<Placeholder> known = Placeholder.of(matcher.group(1));
      if (known.isEmpty()) {
        throw new OptionException(
            option,
            "has the unknown placeholder "
                + UnknownName.shown(matcher.group(1))
                + "; known are "
                + Placeholder.words());
      }
      if (!matcher.group().endsWith("}")) {
        throw new OptionException(option, "has a placeholder without its }: " + known.get().word());
      }
      if (known.get().isArray() && !matcher.group().equals(text)) {
        throw new OptionException(
            option, "has text beside ${" + known.get().word() + "}, which becomes an array");
      }
      used.add(known.get());
    }
  }

  /** Writes the fields of the body. */
  void writeFields(final StreamRequest request, final JsonGenerator json) throws IOException {
    for (final Map.Entry<String, JsonNode> field :
        filled(tree, request).orElseThrow().properties()) {
      json.writeFieldName(field.getKey());
      json.writeTree(field.getValue());
    }
  }

  private Optional<JsonNode> filled(final JsonNode node, final StreamRequest request) {
    if (node.isObject()) {
      final ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (final Map.Entry<String, JsonNode> field : node.properties()) {
        filled(field.getValue(), request).ifPresent(value -> object.set(field.getKey(), value));
      }
      return Optional.of(object);
    }
    if (node.isArray()) {
      final ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (final JsonNode element : node) {
        filled(element, request).ifPresent(array::add);
      }
      return Optional.of(array);
    }
    return node.isTextual() ? filledText(node, request) : Optional.of(node);
  }

  private Optional<JsonNode> filledText(final JsonNode node, final StreamRequest request) {
    final String text = node.asText();
    final Matcher matcher = PLACEHOLDER.matcher(text);
    final StringBuilder whole = new StringBuilder();
    while (matcher.find()) {
      final Optional<JsonNode> value =
          Placeholder.of(matcher.group(1))
              .flatMap(placeholder -> placeholder.value(request, systemInMessages));
      if (value.isEmpty() || matcher.group().equals(text)) {
        return value;
      }
      matcher.appendReplacement(whole, Matcher.quoteReplacement(value.get().asText()));
    }
    matcher.appendTail(whole);
    return Optional.of(JsonNodeFactory.instance.textNode(whole.toString()));
  }
}
