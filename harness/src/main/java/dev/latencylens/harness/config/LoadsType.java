package dev.latencylens.harness.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One load or a list of them; a load whose rate is a list stands for one of each rate. */
final class LoadsType implements ValueType<List<Load>> {
  private static final int MOST = 100;

  @Override
  public Optional<List<Load>> read(final String key, final Node node, final Reading reading) {
    final List<Node> entries =
        node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    final List<Node> single = new ArrayList<>();
    for (final Node entry : entries) {
      single.addAll(spread(entry));
    }
    if (single.isEmpty() || single.size() > MOST) {
      reading.problems().add(node, key + " must give from 1 to " + MOST + " loads");
      return Optional.empty();
    }
    final int before = reading.problems().count();
    final List<Load> loads = new ArrayList<>();
    for (final Node entry : single) {
      LoadSchema.SECTION.read(key, entry, reading).ifPresent(loads::add);
      if (reading.problems().count() > before) {
        return Optional.empty();
      }
    }
    if (loads.stream().distinct().count() < loads.size()) {
      reading.problems().add(node, "two of the loads are the same");
      return Optional.empty();
    }
    return Optional.of(List.copyOf(loads));
  }

  /** One mapping for each rate. */
  private static List<Node> spread(final Node entry) {
    if (entry instanceof MappingNode mapping) {
      for (int i = 0; i < mapping.getValue().size(); i++) {
        final NodeTuple tuple = mapping.getValue().get(i);
        if (tuple.getKeyNode() instanceof ScalarNode name
            && name.getValue().equals(ArrivalsSchema.RATE.name())
            && tuple.getValueNode() instanceof SequenceNode rates
            && !rates.getValue().isEmpty()) {
          final int place = i;
          return rates.getValue().stream().map(rate -> with(mapping, place, rate)).toList();
        }
      }
    }
    return List.of(entry);
  }

  private static Node with(final MappingNode mapping, final int place, final Node rate) {
    final List<NodeTuple> tuples = new ArrayList<>(mapping.getValue());
    tuples.set(place, new NodeTuple(tuples.get(place).getKeyNode(), rate));
    return new MappingNode(
        mapping.getTag(),
        true,
        tuples,
        mapping.getFlowStyle(),
        mapping.getStartMark(),
        mapping.getEndMark());
  }

  @Override
  public Object plain(final List<Load> loads) {
    return loads.size() == 1
        ? LoadSchema.SECTION.plain(loads.get(0))
        : loads.stream().map(LoadSchema.SECTION::plain).toList();
  }

  @Override
  public String form() {
    return LoadSchema.SECTION.form() + ", or a list of such";
  }
}
