package dev.latencylens.results.run;

import java.io.IOException;

/**
 * A directory or file is not a run, or is one that can't be read. The message names the file and
 * says what to do; it is meant to be shown to a person as it is.
 */
public final class RunFormatException extends IOException {
  /** What to do where only a part of a run is damaged, and the rest is shown. */
  public static final String MEND =
      "what is whole is shown; restore the files from a copy of the run, or measure again";

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the file, what is wrong with it, and what to do
   */
  public RunFormatException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message the file, what is wrong with it, and what to do
   * @param cause what was thrown by the parser
   */
  public RunFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
