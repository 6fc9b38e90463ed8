package dev.latencylens.results.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Held by whoever changes a run: the process that measures, or one that erases or exports. It is
 * the operating system's lock on the file {@value #FILE}, so it ends with its process however that
 * ends, and no stale mark of a killed run remains. Safe for use by several threads.
 */
public final class RunLock implements AutoCloseable {
  /** The locked file's name in the run directory; it is empty. */
  public static final String FILE = "run.lock";

  /**
   * What this process holds. It must not even open such a file again: POSIX gives a process's lock
   * up as soon as any of its descriptors of the file is closed.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;

  private RunLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes the lock of a run.
   *
   * @param run the run directory
   * @return the lock, to be closed; or empty while somebody else has it
   * @throws IOException if the file can't be made or locked
   */
  public static Optional<RunLock> tryAcquire(Path run) throws IOException {
    return tryAcquire(run, FILE);
  }

  /**
   * Takes the lock of a directory of runs, such as that of releases.
   *
   * @param directory the directory
   * @param file the name of the file in it that is locked; it is made, empty
   * @return the lock, to be closed; or empty while somebody else has it
   * @throws IOException if the file can't be made or locked
   */
  public static Optional<RunLock> tryAcquire(Path directory, String file) throws IOException {
    Path key = directory.toRealPath().resolve(file);
    if (Files.isSymbolicLink(key)) {
      throw new RunFormatException(key + " is a symbolic link; a run holds none");
    }
    if (!HELD.add(key)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = PrivateFiles.openToAppend(key);
      FileLock lock = channel.tryLock();
      locked = lock != null;
      return locked ? Optional.of(new RunLock(key, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(key);
      }
    }
  }

  /**
   * Whether anybody ever locked the run. If not, and it never finished, nobody can tell whether it
   * still runs.
   *
   * @param run the run directory
   * @return true if the file is there
   */
  public static boolean wasEverTaken(Path run) {
    return Files.exists(run.resolve(FILE));
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(key);
  }
}
