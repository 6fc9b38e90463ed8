package dev.latencylens.harness.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Where a key is found: a place, several in their order, or {@code none}. */
final class KeyReferenceType implements ValueType<KeyReference> {
  private static final String NONE = "none";
  private static final KeyLocationType.InOrder PLACES = new KeyLocationType.InOrder();

  @Override
  public Optional<KeyReference> read(final String key, final Node node, final Reading reading) {
    if (node instanceof ScalarNode scalar && scalar.getValue().equals(NONE)) {
      return Optional.of(new KeyReference.None());
    }
    if (node instanceof ScalarNode) {
      LiteralKeys.refuseValue(node, reading.problems());
      return Optional.empty();
    }
    return PLACES.read(key, node, reading).map(KeyReference.Places::new);
  }

  @Override
  public Object plain(final KeyReference reference) {
    return reference instanceof KeyReference.Places places ? PLACES.plain(places.inOrder()) : NONE;
  }

  @Override
  public String form() {
    return PLACES.form() + ", or none";
  }
}
