package dev.latencylens.results.github;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * The summary that GitHub Actions shows of a workflow's step: Markdown, appended to the file that
 * the environment names (GitHub: "Workflow commands for GitHub Actions", adding a job summary).
 * Nothing happens elsewhere. Immutable.
 */
public final class StepSummary {
  /** The environment variable with the file's path. */
  public static final String VARIABLE = "GITHUB_STEP_SUMMARY";

  /** What a step may have; of a larger file GitHub shows nothing at all. */
  private static final long MOST_BYTES = 1 << 20;

  private final Optional<String> file;

  private StepSummary(Optional<String> file) {
    this.file = file;
  }

  /**
   * The summary of the step that this process is part of.
   *
   * @param environment such as {@link System#getenv()}
   * @return a summary; one that does nothing where the variable is missing or empty
   */
  public static StepSummary of(Map<String, String> environment) {
    return new StepSummary(
        Optional.ofNullable(environment.get(VARIABLE)).filter(path -> !path.isBlank()));
  }

  /**
   * Appends to the summary, the whole text or nothing.
   *
   * @param markdown what to show
   * @return why it could not be appended, in one sentence to warn with; empty if all is well
   */
  public Optional<String> append(String markdown) {
    return file.flatMap(path -> append(path, markdown));
  }

  private static Optional<String> append(String path, String markdown) {
    // A blank line ends whatever stands before it and after it.
    byte[] bytes = ("\n" + markdown + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Path target = Path.of(path);
      long there = Files.exists(target) ? Files.size(target) : 0;
      if (there + bytes.length > MOST_BYTES) {
        return warning("it would exceed the 1 MiB that GitHub shows of a step");
      }
      Files.write(target, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return warning("the file that " + VARIABLE + " names can't be written: " + e);
    }
  }

  private static Optional<String> warning(String why) {
    return Optional.of("the table is not in the step's summary, as " + why);
  }
}
