package dev.latencylens.harness.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A mapping of providers to what holds for each.
 *
 * @param <T> what holds for one
 * @param what the word for it in messages, in the plural
 * @param value what may stand behind a provider
 */
record ByProviderType<T>(String what, ValueType<T> value) implements ValueType<Map<String, T>> {

  @Override
  public Optional<Map<String, T>> read(final String key, final Node node, final Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      reading.problems().add(node, Shown.mismatch(key, form(), node));
      return Optional.empty();
    }
    final int before = reading.problems().count();
    final List<String> known = reading.providers().ids();
    final Map<String, T> values = new LinkedHashMap<>();
    for (final NodeTuple tuple : mapping.getValue()) {
      final Node place = tuple.getKeyNode();
      final String provider = place instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!known.contains(provider)) {
        reading
            .problems()
            .add(
                place,
                "unknown provider "
                    + Shown.text(provider)
                    + KeyHints.nearest(provider, known)
                        .map(near -> ": did you mean \"" + near + "\"?")
                        .orElseGet(() -> "; known are " + String.join(", ", known)));
      } else if (values.containsKey(provider)) {
        reading.problems().add(place, "the " + what + " of " + provider + " stand here twice");
      } else {
        value
            .read(provider, tuple.getValueNode(), reading)
            .ifPresent(read -> values.put(provider, read));
      }
    }
    return reading.problems().count() == before ? Optional.of(values) : Optional.empty();
  }

  @Override
  public Object plain(final Map<String, T> values) {
    final Map<String, Object> plain = new TreeMap<>();
    values.forEach((provider, one) -> plain.put(provider, value.plain(one)));
    return plain;
  }

  @Override
  public String form() {
    return "a mapping of providers to " + what;
  }
}
