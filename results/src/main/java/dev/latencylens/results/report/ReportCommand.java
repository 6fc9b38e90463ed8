package dev.latencylens.results.report;

import dev.latencylens.results.github.StepSummary;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.MarkdownSummary;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * {@code scripts/report RUN_DIR}: writes a run's tables again and shows them. Exit status: 0 done,
 * 1 something in the run failed, 2 bad arguments or not a run.
 */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes summary.csv, summary.md, metrics.csv, results.json and report.html of a run again,",
      "and prints its table. With --from it makes the tables from what JMH and HdrHistogram",
      "wrote alone, and leaves the run as it is."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:done, but something in the run failed or is missing",
      "2:bad arguments, or the directory can't be read or written as a run, or FILE can't be written"
    },
    footer = {
      "",
      "Examples:",
      "  scripts/report results/runs/20261123T101500Z-nightly",
      "  scripts/report RUN_DIR --json",
      "  scripts/report RUN_DIR --openmetrics run.prom",
      "  scripts/report RUN_DIR --from jmh,hlog",
      "  scripts/report RUN_DIR --from jmh,hlog --out /tmp/again"
    })
public final class ReportCommand implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int SOMETHING_FAILED = 1;
  private static final int BAD_INPUT = 2;
  private static final Set<String> SOURCES = Set.of("jmh", "hlog");

  private final StepSummary stepSummary;
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(paramLabel = "RUN_DIR", description = "the run directory, as scripts/bench made it")
  private Path directory = Path.of("");

  @Mixin private PrintedForm printed = new PrintedForm();

  @Mixin private OpenMetricsFile openMetrics = new OpenMetricsFile();

  @Option(
      names = "--from",
      paramLabel = "SOURCES",
      split = ",",
      description =
          "jmh,hlog: read jmh.json and histograms/*.hlog, and neither rounds/ nor streams.jsonl;"
              + " figures agree within 0.2%%, and what these files don't hold is left empty")
  private List<String> sources = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "with --from: also write summary.csv and summary.md into this directory")
  private @Nullable Path target;

  private ReportCommand(StepSummary stepSummary, PrintStream out, PrintStream err) {
    this.stepSummary = stepSummary;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the command without ending the process.
   *
   * @param out gets the table and the paths
   * @param err gets warnings and errors
   * @param arguments the command line
   * @return the exit status
   */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    return run(StepSummary.of(System.getenv()), out, err, arguments);
  }

  static int run(StepSummary stepSummary, PrintStream out, PrintStream err, String... arguments) {
    return new CommandLine(new ReportCommand(stepSummary, out, err))
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, ignored) -> refuse(err, e))
        .execute(arguments);
  }

  private static int refuse(PrintStream err, ParameterException e) {
    say(
        err,
        e.getMessage()
            + "; usage: report RUN_DIR [--json] [--openmetrics FILE | --from jmh,hlog [--out DIR]]");
    return BAD_INPUT;
  }

  @Override
  public Integer call() {
    Optional<String> mistake = mistake().or(openMetrics::objection);
    if (mistake.isPresent()) {
      say(err, mistake.get());
      return BAD_INPUT;
    }
    RunReport report;
    try {
      if (!sources.isEmpty()) {
        return fromLogs();
      }
      report = RunReport.write(RunDirectory.open(directory));
    } catch (RunFormatException e) {
      say(err, String.valueOf(e.getMessage()));
      return BAD_INPUT;
    } catch (IOException | UncheckedIOException e) {
      say(err, directory + " can't be read or written as a run: " + e);
      return BAD_INPUT;
    }
    return show(report);
  }

  private int show(RunReport report) {
    warn(report.warnings());
    out.print(printed.of(report));
    stepSummary
        .append(MarkdownSummary.render(report.summary()))
        .ifPresent(warning -> say(err, "warning: " + warning));
    try {
      openMetrics.write(report.summary());
    } catch (IOException e) {
      say(err, String.valueOf(e.getMessage()));
      return BAD_INPUT;
    }
    return report.somethingFailed() ? SOMETHING_FAILED : DONE;
  }

  private Optional<String> mistake() {
    if (!sources.isEmpty() && !Set.copyOf(sources).equals(SOURCES)) {
      return Optional.of(
          "--from " + String.join(",", sources) + " is none of its values: write --from jmh,hlog");
    }
    if (!sources.isEmpty() && printed.isJson()) {
      return Optional.of("--json is for the whole run: leave --from out");
    }
    if (!sources.isEmpty() && openMetrics.isAsked()) {
      return Optional.of("--openmetrics is for the whole run: leave --from out");
    }
    return sources.isEmpty() && target != null
        ? Optional.of("--out is for tables --from jmh,hlog; without it they go into the run")
        : Optional.empty();
  }

  private int fromLogs() throws IOException {
    LoggedReport report = LoggedReport.of(RunDirectory.open(directory));
    List<Path> files = target == null ? List.of() : report.write(target);
    warn(report.warnings());
    out.print(report.terminal());
    if (!files.isEmpty()) {
      out.print("\n");
      files.forEach(file -> out.print(file + "\n"));
    }
    return report.somethingFailed() ? SOMETHING_FAILED : DONE;
  }

  private void warn(List<String> warnings) {
    warnings.forEach(warning -> say(err, "warning: " + warning));
    if (!warnings.isEmpty()) {
      say(err, RunFormatException.MEND);
    }
  }

  private static void say(PrintStream err, String message) {
    err.println("report: " + TerminalSummary.safe(List.of(message)).get(0));
  }
}
