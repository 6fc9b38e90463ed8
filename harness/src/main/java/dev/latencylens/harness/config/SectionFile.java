package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.Providers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads files beside the configuration that are one section each. Stateless. */
final class SectionFile {
  private SectionFile() {}

  /** Reads a file's text; the exception names all that is wrong. */
  static <T> T read(
      final Path file,
      final String text,
      final String needed,
      final Section<T> section,
      final Providers providers)
      throws ConfigurationException {
    final Problems problems = new Problems();
    final Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    final Reading reading = new Reading(directory, providers, section, problems);
    return YamlTree.read(text, needed, problems)
        .flatMap(root -> section.read("the file", root, reading))
        .orElseThrow(() -> new ConfigurationException(file, problems.all()));
  }

  /** Reads a file that comes with the suite, from beside this class. */
  static <T> T bundled(
      final String name, final String needed, final Section<T> section, final Providers providers) {
    try (InputStream in =
        Objects.requireNonNull(SectionFile.class.getResourceAsStream(name), name)) {
      return read(
          Path.of(name),
          new String(in.readAllBytes(), StandardCharsets.UTF_8),
          needed,
          section,
          providers);
    } catch (final IOException e) {
      throw new UncheckedIOException(name + " of the suite can't be read", e);
    } catch (final ConfigurationException e) {
      throw new IllegalStateException(name + " of the suite is wrong", e);
    }
  }

  /** Reads a file that a configuration names. */
  @FunctionalInterface
  interface Loader<T> {
    T load(Path file, Providers providers) throws ConfigurationException;
  }

  /** A value of the configuration that names such a file; the manifest has its name alone. */
  static <T> ValueType<T> named(
      final String kind, final Loader<T> loader, final Function<T, String> nameOf) {
    return new ScalarType<>(
        "the path of a " + kind,
        Set.of(Tag.STR),
        (text, reading) -> {
          final Path file = FilePaths.resolve(text, reading.directory());
          try {
            return Optional.of(loader.load(file, reading.providers()));
          } catch (final ConfigurationException wrong) {
            throw new IllegalArgumentException(
                "names a " + kind + " that can't be used:\n" + wrong.getMessage(), wrong);
          }
        },
        nameOf);
  }
}
