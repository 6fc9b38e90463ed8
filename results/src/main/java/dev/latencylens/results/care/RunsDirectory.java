package dev.latencylens.results.care;

import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The runs in a directory of runs.
 *
 * @param runs those that can be read, in order of their names
 * @param unreadable one sentence for each entry that looks like a run and can't be read
 */
record RunsDirectory(List<RunDirectory> runs, List<String> unreadable) {

  RunsDirectory {
    runs = List.copyOf(runs);
    unreadable = List.copyOf(unreadable);
  }

  /** Reads a directory; there are no runs in one that is not there. */
  static RunsDirectory read(Path directory) throws IOException {
    List<RunDirectory> runs = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Path entry : entries(directory)) {
      if (isHidden(entry) || !Files.exists(entry.resolve("manifest.json"))) {
        continue;
      }
      if (Files.isSymbolicLink(entry)) {
        unreadable.add(entry + " is a symbolic link and was passed by");
        continue;
      }
      try {
        runs.add(RunDirectory.open(entry));
      } catch (IOException e) {
        unreadable.add(String.valueOf(e.getMessage()));
      }
    }
    return new RunsDirectory(runs, unreadable);
  }

  /** What stands in a directory, in order; nothing if it is none. */
  static List<Path> entries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(directory)) {
      return content.sorted().toList();
    }
  }

  private static boolean isHidden(Path entry) {
    return entry.getFileName().toString().startsWith(".");
  }
}
