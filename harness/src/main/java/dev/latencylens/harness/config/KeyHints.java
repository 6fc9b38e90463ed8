package dev.latencylens.harness.config;

import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses what was meant by an unknown word. */
final class KeyHints {
  private KeyHints() {}

  /** The nearest key of the section, else the section that the key belongs to, else nothing. */
  static String hint(final String name, final Section<?> section, final Reading reading) {
    final Optional<String> near = nearest(name, section.keys().stream().map(Key::name).toList());
    if (near.isPresent()) {
      return ": did you mean \"" + near.get() + "\"?";
    }
    return home(name, reading.root())
        .map(home -> ": it belongs under \"" + home + "\"")
        .orElse("; known here are " + keyNames(section));
  }

  private static String keyNames(final Section<?> section) {
    return String.join(", ", section.keys().stream().map(Key::name).toList());
  }

  /** The word that a slip of the finger could have turned into this one. */
  static Optional<String> nearest(final String word, final Iterable<String> known) {
    final String folded = word.toLowerCase(Locale.ROOT).replace('-', '_');
    // One slip in every three letters: further away, a hint misleads.
    final int limit = Math.max(1, Math.min(word.length(), 30) / 3);
    final LevenshteinDistance within = new LevenshteinDistance(limit);
    Optional<String> nearest = Optional.empty();
    int best = limit + 1;
    for (final String candidate : known) {
      final int distance = within.apply(folded, candidate.replace('-', '_'));
      if (distance >= 0 && distance < best) {
        best = distance;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  private static Optional<String> home(final String name, final Section<?> root) {
    for (final Key<?, ?> key : root.keys()) {
      if (sectionOf(key.type()).stream()
          .flatMap(section -> section.keys().stream())
          .anyMatch(inner -> inner.name().equals(name))) {
        return Optional.of(key.name());
      }
      if (key.name().equals(name)) {
        return Optional.of("the top level");
      }
    }
    return Optional.empty();
  }

  private static Optional<Section<?>> sectionOf(final ValueType<?> type) {
    if (type instanceof Section<?> section) {
      return Optional.of(section);
    }
    if (type instanceof TargetType target) {
      return Optional.of(target.common());
    }
    if (type instanceof LoadsType) {
      return Optional.of(LoadSchema.SECTION);
    }
    return type instanceof ListType<?> list ? sectionOf(list.element()) : Optional.empty();
  }
}
