package dev.latencylens.results.care;

import java.nio.file.Path;
import java.util.List;

/**
 * What an export wrote.
 *
 * @param archive the archive
 * @param files how many files of the run are in it
 * @param bytes the archive's size
 * @param leftOut the run's files that are not in it, as paths below the run, in order
 */
public record Exported(Path archive, int files, long bytes, List<String> leftOut) {

  /** Copies the list. */
  public Exported {
    leftOut = List.copyOf(leftOut);
  }
}
