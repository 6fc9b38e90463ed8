package dev.latencylens.results.care;

import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.RunLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes whole runs. A run is first renamed to a hidden name beside it, which it either is or is
 * not, and then deleted: what a crash leaves under that name, the next removal in the same
 * directory finishes.
 */
final class RunRemoval {
  private static final String DOOMED = ".erasing-";

  private RunRemoval() {}

  /**
   * Says why a run must not be deleted.
   *
   * @param force whether a run of which nobody can tell whether it still runs may go
   * @throws RunFormatException with what to do, if it must not
   */
  static void check(Path path, boolean force) throws IOException {
    if (Files.isSymbolicLink(path)) {
      throw new RunFormatException(path + " is a symbolic link; name the run directory itself");
    }
    Manifest manifest = RunDirectory.open(path).manifest();
    if (force) {
      return;
    }
    if (manifest.finished().isEmpty() && !RunLock.wasEverTaken(path)) {
      throw new RunFormatException(
          path
              + " never finished, and nothing tells whether it still runs; if it does not, use"
              + " --force");
    }
    Optional<RunLock> lock = RunLock.tryAcquire(path);
    if (lock.isEmpty()) {
      throw new RunFormatException(
          path + " is still running, or is being erased or exported; wait, or use --force");
    }
    lock.get().close();
  }

  /**
   * Deletes a run and the archives of it in the same directory.
   *
   * @return what is gone, the run first
   * @throws RunFormatException if {@link #check} refuses
   */
  static List<Erased> remove(Path path, boolean force) throws IOException {
    check(path, force);
    Path run = path.toAbsolutePath().normalize();
    Path parent = parent(run);
    String name = run.getFileName().toString();
    List<Erased> erased = new ArrayList<>();
    Path doomed = parent.resolve(DOOMED + name);
    FileTree.delete(doomed);
    Files.move(run, doomed, StandardCopyOption.ATOMIC_MOVE);
    erased.add(delete(doomed, path));
    erased.addAll(ExportedCopies.removeOfRun(parent, name));
    return erased;
  }

  /** Deletes what an earlier removal in this directory had renamed and not yet deleted. */
  static List<Erased> finishEarlier(Path directory) throws IOException {
    List<Erased> finished = new ArrayList<>();
    for (Path entry : RunsDirectory.entries(directory)) {
      String name = entry.getFileName().toString();
      if (name.startsWith(DOOMED) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        Path run = directory.resolve(name.substring(DOOMED.length()));
        finished.add(delete(entry, run));
        finished.addAll(ExportedCopies.removeOfRun(directory, run.getFileName().toString()));
      }
    }
    return finished;
  }

  private static Erased delete(Path doomed, Path run) throws IOException {
    long streams = streams(doomed);
    FileTree.Size size = FileTree.size(doomed);
    FileTree.delete(doomed);
    return new Erased(run, Erased.What.RUN, streams, size.files(), size.bytes());
  }

  private static Path parent(Path run) throws RunFormatException {
    Path parent = run.getParent();
    if (parent == null || run.getFileName() == null) {
      throw new RunFormatException(run + " is no run directory: it has none above it");
    }
    return parent;
  }

  private static long streams(Path run) throws IOException {
    Path log = run.resolve("streams.jsonl");
    if (!Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    // Bytes as they are: a damaged line counts too.
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> !line.isBlank()).count();
    }
  }
}
