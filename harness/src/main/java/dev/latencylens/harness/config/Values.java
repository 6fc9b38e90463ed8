package dev.latencylens.harness.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The values of one section that was read without a problem, defaults filled in. */
final class Values {
  private final MappingNode section;
  private final Problems problems;
  private final Map<Key<?, ?>, Object> values = new HashMap<>();
  private final Map<Key<?, ?>, Node> places = new HashMap<>();

  Values(final MappingNode section, final Problems problems) {
    this.section = section;
    this.problems = problems;
  }

  <T> void put(final Key<?, T> key, final T value) {
    values.put(key, value);
  }

  void found(final Key<?, ?> key, final Node node) {
    places.put(key, node);
  }

  boolean isGiven(final Key<?, ?> key) {
    return places.containsKey(key);
  }

  /** The value of a key that is required or has a default. */
  <T> T get(final Key<?, T> key) {
    return find(key).orElseThrow();
  }

  @SuppressWarnings("unchecked") // put() takes only values of the key's own type.
  <T> Optional<T> find(final Key<?, T> key) {
    return Optional.ofNullable((T) values.get(key));
  }

  /** Where the value stands, or the section where it was left out. */
  Node place(final Key<?, ?> key) {
    return places.getOrDefault(key, section);
  }

  void problem(final Key<?, ?> key, final String message) {
    problems.add(place(key), message);
  }

  void problem(final Node place, final String message) {
    problems.add(place, message);
  }
}
