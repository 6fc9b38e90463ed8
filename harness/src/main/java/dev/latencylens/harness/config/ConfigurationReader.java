package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.Providers;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads configuration files. Stateless. */
public final class ConfigurationReader {
  /** Beside the configuration; found there without being named. */
  private static final String DOTENV = ".env";

  private ConfigurationReader() {}

  /**
   * Reads a configuration file, strictly.
   *
   * @param file a YAML file in UTF-8
   * @param providers those that a target may name
   * @return the configuration, with defaults for what is left out
   * @throws ConfigurationException if the file can't be read or anything in it is wrong; it names
   *     all problems at once
   */
  public static Configuration read(final Path file, final Providers providers)
      throws ConfigurationException {
    final Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    return read(file, YamlText.read(file), directory, providers);
  }

  /**
   * Reads a configuration that stands in no file, as strictly.
   *
   * @param name what stands in messages in a file's place
   * @param text the YAML
   * @param directory what its paths are relative to
   * @param providers those that a target may name
   * @return the configuration
   * @throws ConfigurationException if anything in it is wrong
   */
  public static Configuration read(
      final Path name, final String text, final Path directory, final Providers providers)
      throws ConfigurationException {
    final Problems problems = new Problems();
    final Optional<Configuration> configuration =
        YamlTree.read(text, "targets", problems)
            .flatMap(root -> configuration(root, directory, providers, problems));
    return configuration
        .filter(read -> problems.count() == 0)
        .map(read -> read.lookingInto(directory.toAbsolutePath().resolve(DOTENV)))
        .orElseThrow(() -> new ConfigurationException(name, problems.all()));
  }

  private static Optional<Configuration> configuration(
      final Node root, final Path directory, final Providers providers, final Problems problems) {
    // Its own dialects are known before its targets are read, wherever the key stands.
    final Reading reading =
        new Reading(
            directory,
            DialectFile.known(root, directory, providers),
            ConfigurationSchema.SECTION,
            problems);
    final Optional<Configuration> configuration =
        ConfigurationSchema.SECTION.read("the file", root, reading);
    configuration.ifPresent(read -> ExactOutput.check(read, root, reading));
    return configuration;
  }
}
