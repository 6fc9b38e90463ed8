package dev.latencylens.results.report;

import dev.latencylens.results.figures.OpenMetrics;
import dev.latencylens.results.table.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The option {@code --openmetrics} of the commands that make tables, and the file that it names.
 * For one thread.
 */
public final class OpenMetricsFile {
  @Option(
      names = "--openmetrics",
      paramLabel = "FILE",
      description = {
        "Also write the figures to FILE as OpenMetrics text, which Prometheus reads: histograms in",
        "seconds, the instrument's error, and streams by outcome."
      })
  private @Nullable Path file;

  /** Made by picocli, as a mixin. */
  public OpenMetricsFile() {}

  /**
   * Whether a file was named.
   *
   * @return false where nothing will be written
   */
  public boolean isAsked() {
    return file != null;
  }

  /**
   * Why the file can't be written, as far as that can be told before there is anything to write.
   *
   * @return one sentence that says what to do; empty if nothing is wrong, or no file is asked for
   */
  public Optional<String> objection() {
    if (file == null) {
      return Optional.empty();
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return refused(file, "the directory that it is to stand in is not there; make it");
    }
    if (!Files.isWritable(parent)) {
      return refused(file, "its directory is not writable; name another one");
    }
    // It is renamed into its place, which would replace a device such as /dev/stdout too.
    return Files.exists(file) && !Files.isRegularFile(file)
        ? refused(file, "something that is no file is there; name another one")
        : Optional.empty();
  }

  private static Optional<String> refused(Path file, String why) {
    return Optional.of("--openmetrics " + file + " can't be written: " + why);
  }

  /**
   * Writes the file, in place of an earlier one: a reader sees the old or the new, never a part.
   *
   * @param summary what is in it
   * @throws IOException if it can't be written; its message says so in a sentence
   */
  public void write(Summary summary) throws IOException {
    if (file == null) {
      return;
    }
    Path target = file.toAbsolutePath();
    Path partial =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.writeString(partial, OpenMetrics.render(summary));
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("--openmetrics " + file + " can't be written: " + e, e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
