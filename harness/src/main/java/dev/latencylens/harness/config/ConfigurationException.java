package dev.latencylens.harness.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration file that can't be used. The message is for its author: one line a problem, as
 * {@code FILE:LINE:COLUMN: message}, in the order of the file; a stack trace adds nothing to it.
 */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Left out of serialization: the message has it all. */
  private final transient List<Problem> problems;

  ConfigurationException(final Path file, final List<Problem> problems) {
    super(
        problems.stream()
            .sorted()
            .map(problem -> line(file, problem))
            .collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted().toList();
  }

  private static String line(final Path file, final Problem problem) {
    return problem.line() == 0
        ? file + ": " + problem.message()
        : file + ":" + problem.line() + ":" + problem.column() + ": " + problem.message();
  }

  /** One line a problem; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /**
   * All that is wrong.
   *
   * @return at least one problem, in the order of the file
   */
  public List<Problem> problems() {
    return problems;
  }
}
