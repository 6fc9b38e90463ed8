package dev.latencylens.benchmarks.micro;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.console.Whereabouts;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;

/** {@code scripts/deadlines}: how late the deadlines of streams fire on this machine. */
@Command(
    name = "deadlines",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints how late each of the five deadlines fires on this machine, with 1 and",
      "with 200 streams in flight, as a table in Markdown. Takes about three minutes;",
      "asks no real service."
    },
    footer = {
      "",
      "Exit status: 0 done, 1 a stream did not end in its deadline, 2 bad arguments.",
    })
public final class DeadlinesCommand implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream log;

  private DeadlinesCommand(final PrintStream out, final PrintStream log) {
    this.out = out;
    this.log = log;
  }

  /**
   * Runs the command.
   *
   * @param out gets the table
   * @param log gets messages
   * @param arguments of the command line
   * @return the exit status
   */
  public static int run(final PrintStream out, final PrintStream log, final String... arguments) {
    return Commands.run(new DeadlinesCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() {
    final Collection<RunResult> results;
    try {
      results =
          new Runner(
                  new OptionsBuilder()
                      .include("^" + DeadlineBenchmark.class.getName().replace(".", "\\.") + "\\.")
                      .verbosity(VerboseMode.SILENT)
                      .shouldFailOnError(true)
                      .build())
              .run();
    } catch (final RunnerException e) {
      log.println("the deadlines could not be measured: " + e.getMessage());
      return Commands.FAILED;
    }
    out.printf("%s%n%n", Whereabouts.here());
    out.println("| deadline | in flight | fired | late p50 ms | late p99 ms | late max ms |");
    out.println("|:--|--:|--:|--:|--:|--:|");
    for (final RunResult result : results) {
      out.printf(
          Locale.ROOT,
          "| `%s` | %s | %.0f | %.2f | %.2f | %.2f |%n",
          DeadlineKind.valueOf(result.getParams().getParam("deadline")).wireName(),
          result.getParams().getParam("streams"),
          secondary(result, "fired"),
          secondary(result, "p50Millis"),
          secondary(result, "p99Millis"),
          secondary(result, "maxMillis"));
    }
    return Commands.DONE;
  }

  private static double secondary(final RunResult result, final String name) {
    return Objects.requireNonNull(result.getSecondaryResults().get(name), name).getScore();
  }
}
