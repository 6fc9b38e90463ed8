package dev.latencylens.results.care;

import java.nio.file.Path;

/**
 * What one erasure took away; free of the user's id.
 *
 * @param path the run directory, or the archive of one; if it was erased whole it is no longer
 *     there
 * @param what what was erased of it
 * @param streams how many streams it held of what was erased; 0 for an archive
 * @param files how many files are gone
 * @param bytes how many bytes fewer there are, tables written anew included; 0 or more
 */
public record Erased(Path path, What what, long streams, long files, long bytes) {

  /** What an erasure takes away. */
  public enum What {
    /** A whole run directory. */
    RUN("run"),
    /** The streams of one user in a run. */
    SUBJECT("subject"),
    /** An archive that the export had made. */
    ARCHIVE("archive");

    private final String word;

    What(String word) {
      this.word = word;
    }

    /**
     * The word that the command prints.
     *
     * @return such as {@code run}
     */
    public String word() {
      return word;
    }
  }
}
