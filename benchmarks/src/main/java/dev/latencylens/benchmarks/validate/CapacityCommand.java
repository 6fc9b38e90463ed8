package dev.latencylens.benchmarks.validate;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.console.Whereabouts;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/capacity}: how many events one core receives before stamps come late. */
@Command(
    name = "capacity",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Holds the client to one core and the simulator to another, and reads more and more",
      "streams of 50 events a second over plain HTTP/1.1, until the 99th percentile of the",
      "stamps' error passes a millisecond; the floor, a bare selector loop, in turn.",
      "Takes some five minutes on two cores, on Linux only; asks no real service.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 done, 1 something failed, 2 bad arguments.",
      "",
      "Examples:",
      "  scripts/capacity",
      "  scripts/capacity --times 9 --seconds 5",
    })
public final class CapacityCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream log;

  @Option(
      names = "--times",
      paramLabel = "N",
      description = "How often each is measured at each step; the median counts (5).")
  private int times = 5;

  @Option(names = "--seconds", paramLabel = "N", description = "How long each stream lasts (2).")
  private int seconds = 2;

  private CapacityCommand(final PrintStream out, final PrintStream log) {
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
    return Commands.run(new CapacityCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (times < 1 || seconds < 1) {
      log.println("capacity: times and seconds count from 1.");
      return Commands.BAD_INPUT;
    }
    if (Runtime.getRuntime().availableProcessors() < 2) {
      log.println("capacity: it takes two cores, one for each side.");
      return Commands.BAD_INPUT;
    }
    out.printf(
        Locale.ROOT,
        "%s; median of %d, streams of %d s, one core each%n%n",
        Whereabouts.here(),
        times,
        seconds);
    out.println("| streams | events/s | client's p99 ms | floor's p99 ms |");
    out.println("|--:|--:|--:|--:|");
    final Capacity capacity =
        Capacity.find(
            times,
            Duration.ofSeconds(seconds),
            line -> log.println("capacity: " + line),
            step ->
                out.printf(
                    Locale.ROOT,
                    "| %d | %d | %s | %s |%n",
                    step.streams(),
                    step.eventsPerSecond(),
                    millis(step.clientNanos()),
                    millis(step.floorNanos())));
    out.printf(
        Locale.ROOT,
        "%nWithin 1 ms: client %d events/s, floor %d events/s, a share of %.0f%%%n",
        capacity.client(),
        capacity.floor(),
        100.0 * capacity.client() / capacity.floor());
    return Commands.DONE;
  }

  private static String millis(final long nanos) {
    return nanos < 0 ? "" : String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }
}
