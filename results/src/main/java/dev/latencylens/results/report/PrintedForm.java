package dev.latencylens.results.report;

import dev.latencylens.results.figures.ResultsJson;
import picocli.CommandLine.Option;

/** The option {@code --json} of the commands that print a run's tables. For one thread. */
public final class PrintedForm {
  @Option(
      names = "--json",
      description = "Print what results.json holds, for programs, instead of the table.")
  private boolean json;

  /** Made by picocli, as a mixin. */
  public PrintedForm() {}

  /**
   * Whether the text is for programs.
   *
   * @return false where the table is printed
   */
  public boolean isJson() {
    return json;
  }

  /**
   * What to print to standard output.
   *
   * @param report the freshly written tables
   * @return text that ends with a line end: one JSON object, or the table and the files' paths
   */
  public String of(RunReport report) {
    return json ? ResultsJson.render(report.summary()) : report.text();
  }
}
