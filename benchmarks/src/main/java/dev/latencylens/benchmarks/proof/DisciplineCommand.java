package dev.latencylens.benchmarks.proof;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.console.Whereabouts;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code scripts/discipline}: whether the harness keeps to what it was asked on this machine. */
@Command(
    name = "discipline",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes whole runs against a simulator and prints, as tables in Markdown, whether",
      "they kept to what was asked: arrivals on time, a limit that holds, 1,000 streams",
      "at once in 1 GiB; which share of a run goes elsewhere, and what the canary costs.",
      "Takes about fifteen minutes; asks no real service.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 done, 1 a run failed, 2 bad arguments.",
      "",
      "Examples:",
      "  scripts/discipline",
      "  scripts/discipline pacing limits",
    })
public final class DisciplineCommand implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream log;

  @Parameters(
      arity = "0..*",
      paramLabel = "PART",
      description = "What to run: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Proof> parts = List.of(Proof.values());

  private DisciplineCommand(final PrintStream out, final PrintStream log) {
    this.out = out;
    this.log = log;
  }

  /**
   * Runs the command.
   *
   * @param out gets the tables
   * @param log gets progress and messages
   * @param arguments of the command line
   * @return the exit status
   */
  public static int run(final PrintStream out, final PrintStream log, final String... arguments) {
    return Commands.run(new DisciplineCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    out.printf("%s%n%n", Whereabouts.here());
    final Report report = new Report(out);
    for (final Proof part : parts) {
      log.println("discipline: " + part.name().toLowerCase(Locale.ROOT) + " ...");
      final Path scratch = Files.createTempDirectory("latency-lens-discipline-");
      try {
        part.run(scratch, report, line -> log.println("simulator: " + line));
      } finally {
        Scratch.remove(scratch);
      }
    }
    return Commands.DONE;
  }
}
