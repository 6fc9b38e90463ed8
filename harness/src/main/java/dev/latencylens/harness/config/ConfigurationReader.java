package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.Providers;
import java.nio.file.Path;
import java.util.Optional;

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
    final Problems problems = new Problems();
    final Reading reading =
        new Reading(directory, providers, ConfigurationSchema.SECTION, problems);
    final Optional<Configuration> configuration =
        YamlTree.read(YamlText.read(file), "targets", problems)
            .flatMap(root -> ConfigurationSchema.SECTION.read("the file", root, reading));
    return configuration
        .map(read -> read.lookingInto(directory.resolve(DOTENV)))
        .orElseThrow(() -> new ConfigurationException(file, problems.all()));
  }
}
