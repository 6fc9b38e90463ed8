package dev.latencylens.results.care;

import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.Subjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory and all below it, never what a symbolic link points to. Stateless. */
public final class FileTree {
  private FileTree() {}

  /**
   * What stands in a tree.
   *
   * @param files how many files there are
   * @param bytes their bytes
   */
  public record Size(long files, long bytes) {
    Size less(Size other) {
      return new Size(Math.max(0, files - other.files), Math.max(0, bytes - other.bytes));
    }
  }

  /**
   * The regular files, in order of their paths.
   *
   * @param root the directory
   * @return their paths, each beginning with the root's
   * @throws IOException if the tree can't be listed
   * @throws RunFormatException if there is a symbolic link or another thing that no run holds
   */
  public static List<Path> files(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    walk(
        root,
        (path, attributes) -> {
          if (!attributes.isRegularFile()) {
            throw new RunFormatException(
                path
                    + " is a symbolic link or another special file, and a run holds none; look at"
                    + " it and remove it yourself");
          }
          files.add(path);
        });
    files.sort(null);
    return files;
  }

  /**
   * What stands in the tree, links counted as themselves.
   *
   * @param root the directory
   * @return counts
   * @throws IOException if the tree can't be listed
   */
  public static Size size(Path root) throws IOException {
    long[] sum = {0, 0};
    walk(
        root,
        (path, attributes) -> {
          sum[0]++;
          sum[1] += attributes.size();
        });
    return new Size(sum[0], sum[1]);
  }

  /**
   * Deletes the tree; of a link the link alone. What is gone already does no harm.
   *
   * @param root the directory
   * @throws IOException if something of it can't be deleted
   */
  public static void delete(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Whether a file holds a user id as a word, by {@link Subjects#asWord}.
   *
   * @param file the file, of any bytes
   * @param id the user id
   * @return true if so
   * @throws IOException if it can't be read
   */
  public static boolean holdsWord(Path file, String id) throws IOException {
    Predicate<String> holds = Subjects.asWord(id).asPredicate();
    // One byte, one character: an id is ASCII, and no byte is malformed this way.
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(holds);
    }
  }

  private static void walk(Path root, Entry entry) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            entry.accept(file, attributes);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
  }

  /** Takes what is no directory. */
  private interface Entry {
    void accept(Path path, BasicFileAttributes attributes) throws IOException;
  }
}
