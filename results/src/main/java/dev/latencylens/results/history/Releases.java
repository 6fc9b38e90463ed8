package dev.latencylens.results.history;

import dev.latencylens.results.run.RunFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The releases in a directory of them.
 *
 * @param releases those that can be read, in order of their sessions' start, then of their names
 * @param problems one sentence for each directory that is no release, or a damaged one
 */
public record Releases(List<Release> releases, List<String> problems) {
  static final Comparator<Release> BY_TIME =
      Comparator.comparing((Release release) -> release.manifest().started())
          .thenComparing(Release::name);

  /** Copies the lists. */
  public Releases {
    releases = releases.stream().sorted(BY_TIME).toList();
    problems = List.copyOf(problems);
  }

  /**
   * Reads all releases. Hidden directories are passed by: a publication that was killed leaves one.
   *
   * @param directory the directory of releases; there are none in one that is not there
   * @return what was found
   * @throws IOException if the directory can't be listed
   */
  public static Releases in(Path directory) throws IOException {
    List<Release> releases = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path entry : directories(directory)) {
      try {
        releases.add(Release.read(entry));
      } catch (RunFormatException e) {
        problems.add(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        problems.add(entry + " can't be read: " + e);
      }
    }
    return new Releases(releases, problems);
  }

  private static List<Path> directories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(directory)) {
      return content
          .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
