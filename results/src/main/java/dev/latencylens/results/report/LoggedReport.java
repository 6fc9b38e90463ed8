package dev.latencylens.results.report;

import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.CsvSummary;
import dev.latencylens.results.table.LoggedSummary;
import dev.latencylens.results.table.MarkdownSummary;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tables of a run, made from {@code jmh.json} and its histogram logs alone: what anybody can
 * check with JMH's and HdrHistogram's own tools. Nothing in the run's directory is changed.
 */
final class LoggedReport {
  private final Summary summary;

  private LoggedReport(Summary summary) {
    this.summary = summary;
  }

  /**
   * Reads a run.
   *
   * @throws RunFormatException if it has no {@code jmh.json}, or that is damaged
   * @throws IOException if a file can't be read
   */
  static LoggedReport of(RunDirectory run) throws IOException {
    return new LoggedReport(LoggedSummary.read(run));
  }

  /** The table for a terminal, ending with a line end. */
  String terminal() {
    return TerminalSummary.render(summary);
  }

  /** What could not be used, one sentence each; free of control characters. */
  List<String> warnings() {
    return TerminalSummary.safe(summary.warnings());
  }

  /** Whether a stream or a round failed, or data could not be used. */
  boolean somethingFailed() {
    return summary.somethingFailed();
  }

  /**
   * Writes {@code summary.csv} and {@code summary.md}.
   *
   * @param directory where; made if it is not there
   * @return both files
   * @throws RunFormatException if one of them is there already: they may be those of a run
   * @throws IOException if they can't be written
   */
  List<Path> write(Path directory) throws IOException {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new RunFormatException(directory + " is a file; name a directory with --out");
    }
    for (RunDirectory.Table table : List.of(RunDirectory.Table.CSV, RunDirectory.Table.MARKDOWN)) {
      if (Files.exists(directory.resolve(table.fileName()))) {
        throw new RunFormatException(
            directory.resolve(table.fileName())
                + " is there already and is not overwritten; name another directory with --out");
      }
    }
    Files.createDirectories(directory);
    return List.of(
        RunDirectory.writeTable(directory, RunDirectory.Table.CSV, CsvSummary.render(summary)),
        RunDirectory.writeTable(
            directory, RunDirectory.Table.MARKDOWN, MarkdownSummary.render(summary)));
  }
}
