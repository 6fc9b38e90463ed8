package dev.latencylens.harness.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of any form, read to JSON. Keys that stand in it are refused: it ends up in the
 * manifest.
 *
 * @param form what it holds, to go on after "must be"
 */
record TreeType(String form) implements ValueType<JsonNode> {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** As deep as the file may be; an alias within what it names would have no end. */
  private static final int DEEPEST = 16;

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[a-z_]+}");

  @Override
  public Optional<JsonNode> read(final String key, final Node node, final Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      reading.problems().add(node, Shown.mismatch(key, form, node));
      return Optional.empty();
    }
    final int before = reading.problems().count();
    final JsonNode tree = object(mapping, reading.problems(), 1);
    return reading.problems().count() == before ? Optional.of(tree) : Optional.empty();
  }

  private static JsonNode tree(final Node node, final Problems problems, final int depth) {
    if (depth > DEEPEST) {
      problems.add(node, "nested more than " + DEEPEST + " levels deep");
      return JSON.nullNode();
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping, problems, depth);
    }
    if (node instanceof SequenceNode sequence) {
      final ArrayNode array = JSON.arrayNode();
      sequence.getValue().forEach(entry -> array.add(tree(entry, problems, depth + 1)));
      return array;
    }
    return scalar((ScalarNode) node, problems);
  }

  private static ObjectNode object(
      final MappingNode mapping, final Problems problems, final int depth) {
    final ObjectNode object = JSON.objectNode();
    for (final NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        problems.add(tuple.getKeyNode(), "a key must be a word");
      } else if (object.has(name.getValue())) {
        problems.add(name, "the key " + Shown.text(name.getValue()) + " stands here twice");
      } else if (mayHoldKey(tuple.getValueNode()) && LiteralKeys.isSecretName(name.getValue())) {
        problems.add(name, LiteralKeys.refusal(name.getValue()));
      } else {
        object.set(name.getValue(), tree(tuple.getValueNode(), problems, depth + 1));
      }
    }
    return object;
  }

  /** A schema may describe a field of any name; a key would be a text, or among several. */
  private static boolean mayHoldKey(final Node value) {
    if (value instanceof ScalarNode scalar) {
      return !PLACEHOLDER.matcher(scalar.getValue()).matches();
    }
    return value instanceof SequenceNode sequence
        && sequence.getValue().stream().anyMatch(ScalarNode.class::isInstance);
  }

  private static JsonNode scalar(final ScalarNode scalar, final Problems problems) {
    final String text = scalar.getValue();
    if (Tag.NULL.equals(scalar.getTag())) {
      return JSON.nullNode();
    }
    if (Tag.BOOL.equals(scalar.getTag())) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    try {
      if (Tag.INT.equals(scalar.getTag())) {
        return JSON.numberNode(new BigInteger(text));
      }
      if (Tag.FLOAT.equals(scalar.getTag())) {
        return JSON.numberNode(new BigDecimal(text));
      }
    } catch (final NumberFormatException notDecimal) {
      problems.add(scalar, "this number can't stand in JSON: write it in decimals, or in quotes");
      return JSON.nullNode();
    }
    if (Shown.holdsKey(text)) {
      LiteralKeys.refuseValue(scalar, problems);
    }
    return JSON.textNode(text);
  }

  @Override
  public Object plain(final JsonNode tree) {
    return tree;
  }
}
