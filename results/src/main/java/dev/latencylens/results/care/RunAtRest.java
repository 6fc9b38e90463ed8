package dev.latencylens.results.care;

import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A run that nobody writes to while it is copied. To be closed; for one thread. */
public final class RunAtRest implements AutoCloseable {
  private final RunDirectory run;
  private final RunLock lock;

  private RunAtRest(RunDirectory run, RunLock lock) {
    this.run = run;
    this.lock = lock;
  }

  /**
   * Takes a run that is over, or was killed.
   *
   * @param directory the run directory
   * @return the run, locked until it is closed
   * @throws RunFormatException if it is no run, or still runs, or nobody can tell
   * @throws IOException if it can't be locked
   */
  public static RunAtRest take(Path directory) throws IOException {
    if (Files.isSymbolicLink(directory)) {
      throw new RunFormatException(
          directory + " is a symbolic link; name the run directory itself");
    }
    RunDirectory run = RunDirectory.open(directory);
    if (run.manifest().finished().isEmpty() && !RunLock.wasEverTaken(directory)) {
      throw new RunFormatException(
          directory + " never finished, and nothing tells whether it still runs");
    }
    Optional<RunLock> lock = RunLock.tryAcquire(directory);
    if (lock.isEmpty()) {
      throw new RunFormatException(
          directory + " is still running, or is being erased or exported; wait until it is over");
    }
    return new RunAtRest(run, lock.get());
  }

  /**
   * The run.
   *
   * @return its directory
   */
  public RunDirectory run() {
    return run;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
