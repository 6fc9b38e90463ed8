package dev.latencylens.results.audit;

import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The run before this one, of the same name and beside it: what a changed configuration is measured
 * by.
 *
 * @param directory the earlier run's directory
 * @param manifest its manifest
 */
public record LastRun(Path directory, Manifest manifest) {
  /**
   * Looks for it among the directories beside a run. What is no run, or a damaged one, is passed
   * by.
   *
   * @param run a run that has its manifest
   * @return the run of the same name that started last before this one, if there is any
   * @throws IOException if the run itself, or the directory above it, can't be read
   */
  public static Optional<LastRun> before(RunDirectory run) throws IOException {
    Path own = run.path().toAbsolutePath().normalize();
    Manifest manifest = run.manifest();
    Path above = own.getParent();
    Optional<LastRun> last = Optional.empty();
    if (above == null) {
      return last;
    }
    try (DirectoryStream<Path> siblings = Files.newDirectoryStream(above)) {
      for (Path sibling : siblings) {
        if (sibling.equals(own) || !Files.isDirectory(sibling, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        Optional<Manifest> other = manifest(sibling).filter(found -> precedes(found, manifest));
        if (other.isPresent()
            && (last.isEmpty()
                || last.get().manifest().started().isBefore(other.get().started()))) {
          last = Optional.of(new LastRun(sibling, other.get()));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return last;
  }

  private static boolean precedes(Manifest earlier, Manifest manifest) {
    return earlier.name().equals(manifest.name()) && earlier.started().isBefore(manifest.started());
  }

  private static Optional<Manifest> manifest(Path directory) {
    try {
      return Optional.of(RunDirectory.open(directory).manifest());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
