package dev.latencylens.harness.secret;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keys in {@code .env} files, read by dotenv-java. The file is read anew each time, so that one
 * that was edited is in force with the next stream. Thread-safe.
 */
final class DotEnvKeys implements KeyReader<KeyLocation.DotEnv> {
  @Override
  public Optional<FoundKey> read(final KeyLocation.DotEnv location) throws KeyAccessException {
    final Path file = location.file().toAbsolutePath();
    // The bytes are not used: the library opens files itself, and this checks that it may.
    if (PrivateFile.read(file).isEmpty()) {
      return Optional.empty();
    }
    final Optional<String> value = find(file, location.variable());
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get().startsWith("'") || value.get().startsWith("\"")) {
      throw new KeyAccessException("close the quote of " + location.variable() + " in " + file);
    }
    try {
      return Optional.of(new FoundKey(Secret.of(value.get()), FileKeys.VALID_FOR));
    } catch (final IllegalArgumentException unusable) {
      throw new KeyAccessException(
          "set " + location.variable() + " in " + file + " anew: " + unusable.getMessage());
    }
  }

  private static Optional<String> find(final Path file, final String variable)
      throws KeyAccessException {
    try {
      // Not get(), which looks at the environment first: that is a place of its own here.
      return Dotenv.configure()
          .directory(String.valueOf(file.getParent()))
          .filename(String.valueOf(file.getFileName()))
          .load()
          .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)
          .stream()
          .filter(entry -> entry.getKey().equals(variable))
          .map(DotenvEntry::getValue)
          .findFirst();
    } catch (final DotenvException | IndexOutOfBoundsException malformed) {
      // Its message may repeat the line; the library takes a wrong index of some broken quotes.
      throw new KeyAccessException(
          file
              + " is not a .env file: each line must be NAME=value, without export, or begin"
              + " with #");
    }
  }
}
