package dev.latencylens.harness.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A list of values of one type.
 *
 * @param <T> an element
 * @param element what an element may be
 * @param most the most elements; at least one is needed
 */
record ListType<T>(ValueType<T> element, int most) implements ValueType<List<T>> {

  @Override
  public Optional<List<T>> read(final String key, final Node node, final Reading reading) {
    if (!(node instanceof SequenceNode sequence)) {
      reading.problems().add(node, Shown.mismatch(key, form(), node));
      return Optional.empty();
    }
    final int count = sequence.getValue().size();
    if (count < 1 || count > most) {
      reading.problems().add(node, key + " must have from 1 to " + most + " entries");
      return Optional.empty();
    }
    final List<T> values = new ArrayList<>(count);
    for (final Node entry : sequence.getValue()) {
      element.read("each of " + key, entry, reading).ifPresent(values::add);
    }
    return values.size() == count ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  @Override
  public List<Object> plain(final List<T> values) {
    return values.stream().map(element::plain).toList();
  }

  @Override
  public String form() {
    return "a list of 1 to " + most + " entries, each " + element.form();
  }
}
