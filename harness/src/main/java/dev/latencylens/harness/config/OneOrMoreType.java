package dev.latencylens.harness.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One value, or a list of them.
 *
 * @param <T> an element
 * @param element what an element may be; itself no list
 * @param most the most elements
 */
record OneOrMoreType<T>(ValueType<T> element, int most) implements ValueType<List<T>> {

  @Override
  public Optional<List<T>> read(final String key, final Node node, final Reading reading) {
    return node instanceof SequenceNode
        ? new ListType<>(element, most).read(key, node, reading)
        : element.read(key, node, reading).map(List::of);
  }

  @Override
  public Object plain(final List<T> values) {
    return values.size() == 1
        ? element.plain(values.get(0))
        : values.stream().map(element::plain).toList();
  }

  @Override
  public String form() {
    return element.form() + ", or a list of 1 to " + most;
  }
}
