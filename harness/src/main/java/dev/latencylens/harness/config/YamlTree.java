package dev.latencylens.harness.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2 to nodes, which know their places, within bounds. */
final class YamlTree {
  private static final int DEEPEST = 16;
  private static final int MOST_ALIASES = 16;

  private YamlTree() {}

  /**
   * Reads the one document of a text; empty if there is none, or anything is wrong.
   *
   * @param needed what an empty file lacks
   */
  static Optional<Node> read(final String text, final String needed, final Problems problems) {
    final LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(true) // The section reports them, with their places.
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(YamlText.MOST_BYTES)
            .build();
    try {
      if (isTooDeep(text, settings, problems)) {
        return Optional.empty();
      }
      final Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.add(Optional.empty(), "the file is empty: it needs at least " + needed);
      }
      return root;
    } catch (final MarkedYamlEngineException wrong) {
      problems.add(
          wrong.getProblemMark().or(wrong::getContextMark),
          Shown.parserMessage(
              Stream.of(wrong.getContext(), wrong.getProblem())
                  .filter(part -> part != null && !part.isBlank())
                  .collect(Collectors.joining(", "))));
    } catch (final ReaderException wrong) {
      problems.add(
          Optional.empty(), "the file holds a character that YAML does not allow: " + name(wrong));
    } catch (final YamlEngineException wrong) {
      problems.add(Optional.empty(), Shown.parserMessage(String.valueOf(wrong.getMessage())));
    }
    return Optional.empty();
  }

  private static String name(final ReaderException wrong) {
    return String.format(Locale.ROOT, "U+%04X", wrong.getCodePoint());
  }

  /** Composing recurses: unbounded depth would end in a stack overflow. */
  private static boolean isTooDeep(
      final String text, final LoadSettings settings, final Problems problems) {
    int depth = 0;
    for (final Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > DEEPEST) {
        problems.add(event.getStartMark(), "nested more than " + DEEPEST + " levels deep");
        return true;
      }
    }
    return false;
  }
}
