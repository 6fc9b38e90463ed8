package dev.latencylens.harness.secret;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keys in files that hold nothing else, such as the secrets that container platforms mount.
 * Thread-safe.
 */
final class FileKeys implements KeyReader<KeyLocation.KeyFile> {
  /** A file is cheap to read: one that was exchanged is in force with the next stream. */
  static final Duration VALID_FOR = Duration.ofSeconds(1);

  @Override
  public Optional<FoundKey> read(final KeyLocation.KeyFile location) throws KeyAccessException {
    final Optional<byte[]> content = PrivateFile.read(location.file());
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new FoundKey(Secret.of(new String(content.get(), StandardCharsets.UTF_8)), VALID_FOR));
    } catch (final IllegalArgumentException unusable) {
      throw new KeyAccessException(
          "put a key into " + location.file() + " anew: " + unusable.getMessage());
    } finally {
      Arrays.fill(content.get(), (byte) 0);
    }
  }
}
