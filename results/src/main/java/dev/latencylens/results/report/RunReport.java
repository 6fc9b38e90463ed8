package dev.latencylens.results.report;

import dev.latencylens.results.compare.ColumnLeaders;
import dev.latencylens.results.figures.MetricsCsv;
import dev.latencylens.results.figures.ResultsJson;
import dev.latencylens.results.page.ReportPage;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.CsvSummary;
import dev.latencylens.results.table.MarkdownSummary;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The tables of a run, freshly written.
 *
 * @param summary what they show
 * @param files their paths: {@code summary.csv}, {@code summary.md}, {@code metrics.csv}, {@code
 *     results.json} and last {@code report.html}
 * @param terminal the table for a terminal, ending with a line end
 * @param warnings what could not be used, one sentence each; free of control characters
 * @param somethingFailed whether a stream or a round failed, or data could not be used
 */
public record RunReport(
    Summary summary,
    List<Path> files,
    String terminal,
    List<String> warnings,
    boolean somethingFailed) {

  /** Copies the lists. */
  public RunReport {
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a run and writes its tables into its directory, each whole or not at all. The same run
   * gives the same bytes.
   *
   * @param run the run directory
   * @return what was written
   * @throws RunFormatException if the run's manifest can't be read, or it is a published copy
   * @throws IOException if a file can't be read or written
   */
  public static RunReport write(RunDirectory run) throws IOException {
    if (Files.exists(run.path().resolve(RunDirectory.CHECKSUMS))) {
      throw new RunFormatException(
          run.path()
              + " is a published copy without its streams, so that its tables can't be made again;"
              + " they are in it as they were published");
    }
    Summary summary = ColumnLeaders.marked(run, Summary.read(run));
    Path csv = run.writeTable(RunDirectory.Table.CSV, CsvSummary.render(summary));
    Path markdown = run.writeTable(RunDirectory.Table.MARKDOWN, MarkdownSummary.render(summary));
    Path metrics = run.writeTable(RunDirectory.Table.METRICS, MetricsCsv.render(summary));
    Path results = run.writeTable(RunDirectory.Table.RESULTS, ResultsJson.render(summary));
    Path page = run.writeTable(RunDirectory.Table.PAGE, ReportPage.render(run, summary));
    return new RunReport(
        summary,
        List.of(csv, markdown, metrics, results, page),
        TerminalSummary.render(summary),
        TerminalSummary.safe(summary.warnings()),
        summary.somethingFailed());
  }

  /**
   * The path of {@code report.html}.
   *
   * @return the last of the files
   */
  public Path page() {
    return files.get(files.size() - 1);
  }

  /**
   * What to print to standard output: the table, then the paths of the files.
   *
   * @return text that ends with a line end
   */
  public String text() {
    StringBuilder text = new StringBuilder(terminal).append('\n');
    files.forEach(file -> text.append(file).append('\n'));
    return text.toString();
  }
}
