package dev.latencylens.harness.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects all that is wrong with one file, so that its author hears of it at once. */
final class Problems {
  private final List<Problem> problems = new ArrayList<>();

  void add(final Node place, final String message) {
    add(place.getStartMark(), message);
  }

  void add(final Optional<Mark> place, final String message) {
    problems.add(
        place
            .map(mark -> new Problem(mark.getLine() + 1, mark.getColumn() + 1, message))
            .orElseGet(() -> new Problem(0, 0, message)));
  }

  int count() {
    return problems.size();
  }

  List<Problem> all() {
    return List.copyOf(problems);
  }
}
