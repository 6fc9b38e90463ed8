package dev.latencylens.results.care;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The archives that exports left in a directory of runs. One is known by its comment, whatever its
 * name; archives elsewhere are not found.
 */
final class ExportedCopies {
  private static final String COMMENT = "Latency Lens export of ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExportedCopies() {}

  /** The comment of a run's archive. */
  static String comment(String run) {
    return COMMENT + run;
  }

  /** Deletes the archives of a run. */
  static List<Erased> removeOfRun(Path directory, String run) throws IOException {
    return removeWhere(directory, zip -> comment(run).equals(zip.getComment()));
  }

  /** Deletes the archives whose manifest names a user. */
  static List<Erased> removeOfSubject(Path directory, String subject) throws IOException {
    return removeWhere(
        directory,
        zip -> {
          Optional<String> comment = Optional.ofNullable(zip.getComment());
          if (comment.isEmpty() || !comment.get().startsWith(COMMENT)) {
            return false;
          }
          Optional<? extends ZipEntry> manifest =
              zip.stream()
                  .filter(entry -> entry.getName().endsWith("/" + ExportLayout.MANIFEST))
                  .findFirst();
          return manifest.isPresent() && names(zip, manifest.get(), subject);
        });
  }

  private static boolean names(ZipFile zip, ZipEntry manifest, String subject) throws IOException {
    try (InputStream in = zip.getInputStream(manifest)) {
      JsonNode tree = JSON.readTree(in);
      return tree.findValuesAsText("subject").contains(subject)
          || tree.findValuesAsText("user_id").contains(subject);
    }
  }

  private static List<Erased> removeWhere(Path directory, Condition condition) throws IOException {
    List<Erased> removed = new ArrayList<>();
    for (Path file : RunsDirectory.entries(directory)) {
      if (file.getFileName().toString().endsWith(".zip")
          && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && meets(file, condition)) {
        long bytes = Files.size(file);
        Files.deleteIfExists(file);
        removed.add(new Erased(file, Erased.What.ARCHIVE, 0, 1, bytes));
      }
    }
    return removed;
  }

  private static boolean meets(Path file, Condition condition) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return condition.test(zip);
    } catch (IOException e) {
      // Not an archive of ours, or a broken one: an export is written whole or not at all.
      return false;
    }
  }

  /** Judges an archive. */
  private interface Condition {
    boolean test(ZipFile zip) throws IOException;
  }
}
