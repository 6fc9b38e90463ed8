package dev.latencylens.harness.provider.generic;

import com.fasterxml.jackson.core.JsonPointer;
import dev.latencylens.harness.provider.JsonEvents;
import dev.latencylens.harness.stream.BrokenStreamException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step of the JSON Pointers (RFC 6901) that say where things stand in an event: all pointers as
 * one tree, so that an event is walked once and nothing is built of it. Not written to once it is
 * in use, and thread-safe then.
 */
final class PlaceNode {
  private final Map<String, PlaceNode> fields = new HashMap<>();
  private final Map<Integer, PlaceNode> elements = new HashMap<>();
  private final List<Meaning> meanings = new ArrayList<>();

  /**
   * What the value at a place means.
   *
   * @param place what it is
   * @param rank its place in a list of pointers: the lowest is the best
   * @param ends for {@link Place#END}, whether a simple value is the end
   * @param anyValue for {@link Place#END}, whether an object or array is the end too
   */
  record Meaning(Place place, int rank, EndTest ends, boolean anyValue) {}

  /** Whether a value that is no object, array or null is the end. */
  @FunctionalInterface
  interface EndTest {
    boolean isEnd(JsonEvents json) throws BrokenStreamException;
  }

  void add(final JsonPointer pointer, final Meaning meaning) {
    PlaceNode node = this;
    for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
      final PlaceNode child =
          node.fields.computeIfAbsent(rest.getMatchingProperty(), name -> new PlaceNode());
      if (rest.mayMatchElement()) {
        node.elements.put(rest.getMatchingIndex(), child);
      }
      node = child;
    }
    node.meanings.add(meaning);
  }

  List<Meaning> meanings() {
    return meanings;
  }

  boolean isLeaf() {
    return fields.isEmpty();
  }

  Optional<PlaceNode> field(final String name) {
    return Optional.ofNullable(fields.get(name));
  }

  Optional<PlaceNode> element(final int index) {
    return Optional.ofNullable(elements.get(index));
  }

  /** A place within which another pointer points, though its value is to be read as a whole. */
  Optional<Place> covered() {
    for (final Meaning meaning : meanings) {
      if (!isLeaf() && !meaning.place().countsByPresence()) {
        return Optional.of(meaning.place());
      }
    }
    return fields.values().stream().map(PlaceNode::covered).flatMap(Optional::stream).findFirst();
  }
}
