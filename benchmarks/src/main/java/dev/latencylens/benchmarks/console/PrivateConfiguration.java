package dev.latencylens.benchmarks.console;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.secret.KeyAccessException;
import dev.latencylens.harness.secret.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Refuses a configuration that others could read secrets from, or put commands into. Stateless. */
public final class PrivateConfiguration {
  private PrivateConfiguration() {}

  /**
   * What can hold a secret under an innocent name is nobody else's business.
   *
   * @param file the configuration's file
   * @param configuration what it holds
   * @throws IllegalArgumentException if others can read such a file; the message has the command
   *     that mends it
   * @throws IOException if the file can't be looked at
   */
  public static void require(final Path file, final Configuration configuration)
      throws IOException {
    final Optional<String> holding = configuration.secretBearing();
    if (holding.isPresent()) {
      try {
        PrivateFile.requirePrivate(file, "has " + holding.get() + ", which can hold a secret");
      } catch (final KeyAccessException open) {
        throw new IllegalArgumentException(open.getMessage(), open);
      }
    }
  }
}
