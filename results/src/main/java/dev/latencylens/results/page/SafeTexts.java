package dev.latencylens.results.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.table.SafeText;

/**
 * Makes every text of a tree fit to be shown: in one line, without marks that turn the direction of
 * what follows, and no longer than a person reads.
 */
final class SafeTexts {
  private static final int LONGEST = 1_000;

  private SafeTexts() {}

  static JsonNode in(JsonNode node) {
    if (node.isTextual()) {
      return JsonNodeFactory.instance.textNode(SafeText.forTerminal(shortened(node.textValue())));
    }
    if (node.isArray()) {
      ArrayNode safe = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(each -> safe.add(in(each)));
      return safe;
    }
    if (node.isObject()) {
      ObjectNode safe = JsonNodeFactory.instance.objectNode();
      // The names are ours: what a run names stands in texts alone.
      node.properties().forEach(field -> safe.set(field.getKey(), in(field.getValue())));
      return safe;
    }
    return node;
  }

  private static String shortened(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
