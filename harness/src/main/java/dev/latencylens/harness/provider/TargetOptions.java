package dev.latencylens.harness.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a target's {@link TargetOption}s. No secret is among them. Immutable by agreement:
 * nobody writes into the trees.
 *
 * @param values by name; only those that were given
 */
public record TargetOptions(Map<String, JsonNode> values) {
  /** Nothing was given. */
  public static final TargetOptions NONE = new TargetOptions(Map.of());

  /** Copies the map. */
  public TargetOptions {
    values = Map.copyOf(values);
  }

  /**
   * Finds a text or a word.
   *
   * @param name the option's name
   * @return its value, where it was given
   */
  public Optional<String> text(final String name) {
    return tree(name).map(JsonNode::asText);
  }

  /**
   * Finds a value of any form.
   *
   * @param name the option's name
   * @return its value, where it was given
   */
  public Optional<JsonNode> tree(final String name) {
    return Optional.ofNullable(values.get(name));
  }
}
