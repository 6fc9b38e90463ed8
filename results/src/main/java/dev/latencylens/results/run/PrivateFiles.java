package dev.latencylens.results.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that only their owner may read, and that are either whole or not there: prompts and
 * answers' ids are nobody else's business, and a killed run must leave nothing half written.
 */
public final class PrivateFiles {
  private static final FileAttribute<?>[] NONE = {};

  private PrivateFiles() {}

  /** Creates a directory for its owner alone; one that exists is left as it is. */
  static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory, permissions(directory, "rwx------"));
    }
  }

  /** Replaces a file's content: a reader sees the old or the new, never a part. */
  static void replace(Path file, byte[] content) throws IOException {
    replace(file, out -> out.write(content));
  }

  /** Replaces a file's content with what the writer writes. */
  static void replace(Path file, Content content) throws IOException {
    Path name = file.getFileName();
    Path partial = file.resolveSibling("." + name + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.deleteIfExists(partial);
      Files.createFile(partial, permissions(partial, "rw-------"));
      try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        // Without this a crash of the machine can leave the new name with an empty file.
        channel.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Opens a file to append to, and creates it for its owner alone if it is not there.
   *
   * @param file the file
   * @return a channel that the caller closes
   * @throws IOException if it can't be opened
   */
  public static FileChannel openToAppend(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
        permissions(file, "rw-------"));
  }

  /**
   * Creates a file for its owner alone.
   *
   * @param file where; nothing may be there, not even a link that leads nowhere
   * @param content all that it is to hold
   * @throws FileAlreadyExistsException if something is there; it is left as it is
   * @throws IOException if it can't be written
   */
  public static void createNew(Path file, byte[] content) throws IOException {
    Files.createFile(file, permissions(file, "rw-------"));
    Files.write(file, content);
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : NONE;
  }

  /** Writes a file's content. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
