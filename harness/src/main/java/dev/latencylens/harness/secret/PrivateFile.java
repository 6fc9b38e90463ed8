package dev.latencylens.harness.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A small file that holds a secret and that only its owner may read. Where the file system has no
 * permissions of this kind, as on Windows, they can't be checked, and the file is read as it is.
 */
public final class PrivateFile {
  private static final int MOST_BYTES = 64 << 10;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private PrivateFile() {}

  /**
   * Makes sure that nobody but its owner has any access to a file.
   *
   * @param file the file; of a symbolic link, what it points to
   * @param holding what it holds, to go on after "it", such as {@code holds keys}
   * @throws KeyAccessException if others have access; the message has the command that mends it
   * @throws IOException if the file can't be looked at
   */
  public static void requirePrivate(final Path file, final String holding)
      throws KeyAccessException, IOException {
    if (!isPosix(file)) {
      return;
    }
    final PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    if (attributes.permissions().stream().anyMatch(OTHERS::contains)) {
      throw new KeyAccessException(
          file + " is open to other users, and it " + holding + ": chmod 600 " + file);
    }
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its bytes, to be wiped by the caller; empty if there is no such file
   * @throws KeyAccessException if others have access to it, it is no file, it is larger than 64
   *     KiB, or it can't be read
   */
  static Optional<byte[]> read(final Path file) throws KeyAccessException {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      if (!Files.isRegularFile(file)) {
        throw new KeyAccessException(file + " is not a file: name one that holds the key");
      }
      requirePrivate(file, "holds a key");
      final Optional<Object> checked = identity(file);
      final byte[] content;
      try (InputStream in = Files.newInputStream(file)) {
        content = in.readNBytes(MOST_BYTES + 1);
      }
      // What was read is what was checked, unless it was exchanged in between.
      requirePrivate(file, "holds a key");
      if (!checked.equals(identity(file))) {
        throw new KeyAccessException(file + " was exchanged while it was read: try again");
      }
      if (content.length > MOST_BYTES) {
        throw new KeyAccessException(file + " is larger than 64 KiB, and no key is");
      }
      return Optional.of(content);
    } catch (final NoSuchFileException gone) {
      return Optional.empty();
    } catch (final IOException unreadable) {
      throw new KeyAccessException(file + " can't be read: check its permissions");
    }
  }

  /** Tells one file from another under the same name, and one content from the next. */
  static Optional<Object> identity(final Path file) throws IOException {
    if (!isPosix(file)) {
      return Optional.empty();
    }
    final PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    record Identity(Object key, long size, Object modified) {}
    return Optional.of(
        new Identity(
            Objects.requireNonNullElse(attributes.fileKey(), file),
            attributes.size(),
            attributes.lastModifiedTime()));
  }

  private static boolean isPosix(final Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
