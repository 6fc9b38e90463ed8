package dev.latencylens.results.care;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A directory that is made beside its place under a hidden name and renamed there once it is whole:
 * whatever fails before, nothing of it remains and what was there stays. To be closed; for one
 * thread.
 */
public final class StagedDirectory implements AutoCloseable {
  private final Path target;
  private final Path staged;
  private final Path replaced;
  private boolean inPlace;

  private StagedDirectory(Path target, Path staged, Path replaced) {
    this.target = target;
    this.staged = staged;
    this.replaced = replaced;
  }

  /**
   * Chooses the hidden name; nothing is made there yet. What a killed process of the same number
   * left there is deleted.
   *
   * @param target where the directory is to stand; the directory above it must be there
   * @return the staged directory
   * @throws IOException if leftovers can't be deleted
   */
  public static StagedDirectory beside(Path target) throws IOException {
    Path place = target.toAbsolutePath().normalize();
    String hidden = "." + place.getFileName() + "." + ProcessHandle.current().pid();
    Path staged = place.resolveSibling(hidden + ".tmp");
    Path replaced = place.resolveSibling(hidden + ".old");
    FileTree.delete(staged);
    FileTree.delete(replaced);
    return new StagedDirectory(place, staged, replaced);
  }

  /**
   * Where to write.
   *
   * @return a path at which nothing is
   */
  public Path path() {
    return staged;
  }

  /**
   * Renames the directory into place. What stood there is kept aside until {@link #close()}.
   *
   * @throws IOException if it can't be renamed; what stood there is then in its place again
   */
  public void moveIntoPlace() throws IOException {
    boolean replaces = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (replaces) {
      Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      inPlace = true;
    } finally {
      if (!inPlace && replaces) {
        Files.move(replaced, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /**
   * Takes the directory out of its place again, and puts back what stood there before.
   *
   * @throws IOException if something can't be renamed
   */
  public void takeBack() throws IOException {
    if (inPlace) {
      Files.move(target, staged, StandardCopyOption.ATOMIC_MOVE);
      inPlace = false;
      if (Files.exists(replaced, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(replaced, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /**
   * Deletes what is not in place: the staged directory, or what it replaced.
   *
   * @throws IOException if a directory that did not come into its place can't be deleted
   */
  @Override
  public void close() throws IOException {
    FileTree.delete(staged);
    try {
      FileTree.delete(replaced);
    } catch (IOException e) {
      // All is done but this: what was replaced does no harm under its hidden name.
      if (!inPlace) {
        throw e;
      }
    }
  }
}
