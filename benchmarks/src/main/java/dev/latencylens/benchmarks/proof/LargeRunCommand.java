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
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scripts/large-run}: how long tables of very many streams take. */
@Command(
    name = "large-run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Multiplies the blocks of a finished run until it has a million streams, and prints",
      "how long its tables and its page take to make again, in a process with a heap of",
      "512 MiB: of a quarter, of half, and of all of them. Leaves the run as it is.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 done, 1 the tables could not be made, 2 bad arguments.",
      "",
      "Examples:",
      "  scripts/bench --out run && scripts/large-run run",
      "  scripts/large-run --streams 100000 run",
    })
public final class LargeRunCommand implements Callable<Integer> {
  private static final String HEAP = "-Xmx512m";
  private static final int[] PARTS = {4, 2, 1};

  private final PrintStream out;
  private final PrintStream log;

  @Parameters(arity = "1", paramLabel = "RUN_DIR", description = "A finished run.")
  private Path source = Path.of("");

  @Option(names = "--streams", paramLabel = "N", description = "How many streams (1000000).")
  private long streams = 1_000_000;

  private LargeRunCommand(final PrintStream out, final PrintStream log) {
    this.out = out;
    this.log = log;
  }

  /**
   * Runs the command.
   *
   * @param out gets the table
   * @param log gets progress and messages
   * @param arguments of the command line
   * @return the exit status
   */
  public static int run(final PrintStream out, final PrintStream log, final String... arguments) {
    return Commands.run(new LargeRunCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (final String file : MultipliedRun.files()) {
      if (!Files.isRegularFile(source.resolve(file))) {
        log.println("large-run: " + source + " is no finished run: it has no " + file + ".");
        return Commands.BAD_INPUT;
      }
    }
    final MultipliedRun run = new MultipliedRun(source);
    final long once = run.streams();
    if (streams < 1 || once < 1) {
      log.println("large-run: there must be a stream to multiply, and one to come to.");
      return Commands.BAD_INPUT;
    }
    out.printf("%s; heap of at most %s%n%n", Whereabouts.here(), HEAP);
    out.println("| streams | blocks times | seconds | microseconds a stream |");
    out.println("|--:|--:|--:|--:|");
    for (final int part : PARTS) {
      final int times = (int) Math.max(1, (streams / part + once - 1) / once);
      final Path scratch = Files.createTempDirectory("latency-lens-large-");
      try {
        log.println("large-run: writing " + times * once + " streams ...");
        final Path directory = scratch.resolve("run");
        run.write(directory, times);
        final long begun = System.nanoTime();
        SuiteProcess.run(scratch, List.of(HEAP), List.of("report", directory.toString()));
        final long took = System.nanoTime() - begun;
        out.printf(
            Locale.ROOT,
            "| %d | %d | %.1f | %.1f |%n",
            times * once,
            times,
            took / (double) TimeUnit.SECONDS.toNanos(1),
            took / (double) TimeUnit.MICROSECONDS.toNanos(1) / (times * once));
      } finally {
        Scratch.remove(scratch);
      }
    }
    return Commands.DONE;
  }
}
