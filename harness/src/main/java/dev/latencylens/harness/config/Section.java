package dev.latencylens.harness.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping with known keys.
 *
 * @param <R> the record that it is read to
 * @param keys in the order of the documentation
 * @param build makes the record, or reports what is wrong between the values
 */
record Section<R>(List<Key<R, ?>> keys, Function<Values, Optional<R>> build)
    implements ValueType<R> {

  @Override
  public Optional<R> read(final String name, final Node node, final Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      reading.problems().add(node, Shown.mismatch(name, form(), node));
      return Optional.empty();
    }
    final int before = reading.problems().count();
    final Values values = new Values(mapping, reading.problems());
    final Map<String, Node> given = given(mapping, reading);
    for (final Key<R, ?> key : keys) {
      final Node value = given.get(key.name());
      if (value != null) {
        values.found(key, value);
        readInto(values, key, value, reading);
      } else if (key.required()) {
        reading.problems().add(mapping, "the key \"" + key.name() + "\" is missing");
      } else {
        fallBack(values, key);
      }
    }
    // With a value amiss there is nothing to build, and a follow-up error would only mislead.
    final Optional<R> built =
        reading.problems().count() == before ? build.apply(values) : Optional.empty();
    return reading.problems().count() == before ? built : Optional.empty();
  }

  private static <T> void readInto(
      final Values values, final Key<?, T> key, final Node node, final Reading reading) {
    key.type().read(key.name(), node, reading).ifPresent(value -> values.put(key, value));
  }

  private static <T> void fallBack(final Values values, final Key<?, T> key) {
    key.fallback().ifPresent(value -> values.put(key, value));
  }

  private Map<String, Node> given(final MappingNode mapping, final Reading reading) {
    final Map<String, Node> given = new HashMap<>();
    final Map<String, Node> firstPlaces = new HashMap<>();
    for (final NodeTuple tuple : mapping.getValue()) {
      final Node place = tuple.getKeyNode();
      if (!(place instanceof ScalarNode scalar)) {
        reading.problems().add(place, "a key must be a word");
        continue;
      }
      final String name = scalar.getValue();
      final Node first = firstPlaces.putIfAbsent(name, place);
      if (first != null) {
        reading
            .problems()
            .add(
                place,
                "the key "
                    + Shown.text(name)
                    + " stands here a second time; it was given "
                    + Shown.place(first));
      } else if (keys.stream().anyMatch(key -> key.name().equals(name))) {
        given.put(name, tuple.getValueNode());
      } else if (LiteralKeys.isSecretName(name)) {
        reading.problems().add(place, LiteralKeys.refusal(name));
      } else {
        reading
            .problems()
            .add(place, "unknown key " + Shown.text(name) + KeyHints.hint(name, this, reading));
      }
    }
    return given;
  }

  /** The value of a key in a mapping, before anything is read of it. */
  static Optional<Node> value(final Node mapping, final String key) {
    if (mapping instanceof MappingNode known) {
      for (final NodeTuple tuple : known.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return Optional.of(tuple.getValueNode());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Map<String, Object> plain(final R value) {
    final Map<String, Object> plain = new LinkedHashMap<>();
    for (final Key<R, ?> key : keys) {
      key.plain(value).ifPresent(written -> plain.put(key.name(), written));
    }
    return plain;
  }

  @Override
  public String form() {
    return keys.stream()
        .map(Key::name)
        .collect(Collectors.joining(", ", "a mapping with the keys ", ""));
  }
}
