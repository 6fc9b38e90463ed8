package dev.latencylens.harness.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths in the file are relative to its directory; {@code ~/} stands for the home directory. */
final class FilePaths {
  private static final String HOME = "~/";

  private FilePaths() {}

  /**
   * Resolves a path.
   *
   * @return the absolute path; nothing need be there
   * @throws IllegalArgumentException if it is no path; the message goes on after the key's name
   */
  static Path resolve(final String text, final Path directory) {
    try {
      final Path path =
          text.startsWith(HOME)
              ? Path.of(System.getProperty("user.home")).resolve(text.substring(HOME.length()))
              : directory.resolve(text);
      return path.toAbsolutePath().normalize();
    } catch (final InvalidPathException invalid) {
      throw new IllegalArgumentException("is not a path", invalid);
    }
  }
}
