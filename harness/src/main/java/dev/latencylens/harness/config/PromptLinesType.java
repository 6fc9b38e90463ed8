package dev.latencylens.harness.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A file with one prompt a line. The manifest has its name, hash and number of lines. */
final class PromptLinesType implements ValueType<Prompts.Lines> {
  private static final ValueType<Path> PATH =
      new ScalarType<>(
          "the path of a file with one JSON object a line",
          Set.of(Tag.STR),
          (text, reading) -> Optional.of(FilePaths.resolve(text, reading.directory())),
          PromptFile::name);

  @Override
  public Optional<Prompts.Lines> read(final String key, final Node node, final Reading reading) {
    final Optional<Path> file = PATH.read(key, node, reading);
    return file.flatMap(found -> lines(key, node, found, reading.problems()));
  }

  private static Optional<Prompts.Lines> lines(
      final String key, final Node node, final Path file, final Problems problems) {
    final byte[] bytes;
    try {
      bytes = PromptFile.bytes(file, Prompts.Lines.MOST_BYTES);
    } catch (final IllegalArgumentException unreadable) {
      problems.add(node, key + " " + unreadable.getMessage());
      return Optional.empty();
    }
    final String name = PromptFile.name(file);
    final PromptLineReader reader = new PromptLineReader();
    final List<Dialogue> read = reader.read(bytes);
    if (!reader.problems().isEmpty()) {
      reader.problems().forEach(problem -> problems.add(node, key + " " + name + problem));
      return Optional.empty();
    }
    return Optional.of(
        new Prompts.Lines(name, Sha256.of(bytes), Prompts.Lines.Order.IN_TURN, read));
  }

  @Override
  public Object plain(final Prompts.Lines lines) {
    final Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("file", lines.file());
    plain.put("sha256", lines.sha256());
    plain.put("prompts", (long) lines.lines().size());
    return plain;
  }

  @Override
  public String form() {
    return PATH.form();
  }
}
