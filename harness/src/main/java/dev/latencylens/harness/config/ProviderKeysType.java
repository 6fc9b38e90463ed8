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

/** For each provider where the keys of its targets are found. */
final class ProviderKeysType implements ValueType<Map<String, KeyReference>> {
  private static final KeyReferenceType REFERENCE = new KeyReferenceType();

  @Override
  public Optional<Map<String, KeyReference>> read(
      final String key, final Node node, final Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      reading.problems().add(node, Shown.mismatch(key, form(), node));
      return Optional.empty();
    }
    final int before = reading.problems().count();
    final List<String> known = reading.providers().ids();
    final Map<String, KeyReference> references = new LinkedHashMap<>();
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
      } else if (references.containsKey(provider)) {
        reading.problems().add(place, "the keys of " + provider + " stand here twice");
      } else {
        REFERENCE
            .read(provider, tuple.getValueNode(), reading)
            .ifPresent(reference -> references.put(provider, reference));
      }
    }
    return reading.problems().count() == before ? Optional.of(references) : Optional.empty();
  }

  @Override
  public Object plain(final Map<String, KeyReference> references) {
    final Map<String, Object> plain = new TreeMap<>();
    references.forEach((provider, reference) -> plain.put(provider, REFERENCE.plain(reference)));
    return plain;
  }

  @Override
  public String form() {
    return "a mapping of providers to places";
  }
}
