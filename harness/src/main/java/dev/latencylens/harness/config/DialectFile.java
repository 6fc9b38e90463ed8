package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.Providers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A file of dialects of OpenAI's chat API. Immutable and thread-safe.
 *
 * @param name the file's name, without its directory
 * @param entries its dialects, with different ids
 */
public record DialectFile(String name, List<ChatDialect> entries) {
  /** Copies the list. */
  public DialectFile {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a file of dialects, strictly.
   *
   * @param file a YAML file in UTF-8
   * @param providers those that come with the suite, whose ids no entry may have
   * @return the dialects
   * @throws ConfigurationException if the file can't be read or anything in it is wrong; it names
   *     all problems at once
   */
  public static DialectFile load(final Path file, final Providers providers)
      throws ConfigurationException {
    return new DialectFile(
        PriceFile.nameOf(file),
        SectionFile.read(file, YamlText.read(file), "dialects", DialectSchema.SECTION, providers));
  }

  /**
   * The providers that a configuration may name: these and those of the file that it names. A file
   * that can't be used adds none; the key's own reading tells why.
   */
  static Providers known(final Node root, final Path directory, final Providers providers) {
    try {
      final Optional<String> file =
          Section.value(root, DialectSchema.KEY)
              .filter(ScalarNode.class::isInstance)
              .map(node -> ((ScalarNode) node).getValue());
      return file.isPresent()
          ? providers.with(load(FilePaths.resolve(file.get(), directory), providers).entries())
          : providers;
    } catch (final ConfigurationException | IllegalArgumentException toldLater) {
      return providers;
    }
  }
}
