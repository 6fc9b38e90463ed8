package dev.latencylens.results.compare;

import dev.latencylens.results.run.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What two compared cells have in common and what they differ in, in words. Raw text. */
final class ComparedNames {
  private ComparedNames() {}

  /** What both are, and from what to what. */
  static String change(Cell baseline, Cell candidate) {
    return common(baseline, candidate)
        + ": "
        + own(baseline, candidate)
        + " to "
        + own(candidate, baseline);
  }

  /** What both are: the target and load, or what is left of that. */
  static String common(Cell baseline, Cell candidate) {
    List<String> parts = new ArrayList<>();
    Stream.of(
            same(baseline.target(), candidate.target()),
            baseline.target().contains(baseline.model())
                ? ""
                : same(baseline.model(), candidate.model()),
            same(baseline.load(), candidate.load()))
        .filter(part -> !part.isEmpty())
        .forEach(parts::add);
    return parts.isEmpty() ? "all" : String.join(", ", parts);
  }

  /** What tells one of them from the other. */
  static String own(Cell cell, Cell other) {
    List<String> parts = new ArrayList<>();
    if (!cell.arm().equals(other.arm())) {
      parts.add(cell.arm());
    }
    if (!cell.target().equals(other.target())) {
      parts.add(cell.target());
    }
    if (parts.isEmpty() && !cell.load().equals(other.load())) {
      parts.add(cell.load());
    }
    return parts.isEmpty() ? cell.id() : String.join(" ", parts);
  }

  private static String same(String one, String other) {
    return Objects.equals(one, other) ? one : "";
  }
}
