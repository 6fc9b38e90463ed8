package dev.latencylens.harness.load;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A trace file that can't be used. The message is for whoever gave it: one line a problem, as
 * {@code FILE:LINE: message}; a stack trace adds nothing to it.
 */
public final class TraceException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * One thing that is wrong.
   *
   * @param line the line, from 1; 0 where the file as a whole is meant
   * @param message what is wrong and what to do
   */
  record Problem(long line, String message) {}

  TraceException(final Path file, final List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> place(file, problem.line()) + ": " + problem.message())
            .collect(Collectors.joining("\n")));
  }

  private static String place(final Path file, final long line) {
    return line == 0 ? file.toString() : file + ":" + line;
  }

  /** One line a problem; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
