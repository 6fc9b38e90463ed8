package dev.latencylens.benchmarks.validate;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.console.Whereabouts;
import dev.latencylens.results.table.KnownAnswerTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/validate}: the client's own error on this machine, beside the least possible. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads streams whose true times are known, and prints by how much the client is off:",
      "in the time to first token, in the gaps, and in each event's stamp, beside a bare",
      "selector loop over plain sockets, the floor, that reads the same in turn.",
      "With 10 pairs it takes about an hour; asks no real service.",
      ""
    },
    footer = {
      "",
      "Ratios are medians of the pairs, with intervals of 95%% from 6 pairs on.",
      "Exit status: 0 done, 1 a stream was lost or something failed, 2 bad arguments.",
      "",
      "Examples:",
      "  scripts/validate --quick",
      "  scripts/validate --streams 100,300 --wires HTTP1_PLAIN --out known-answers.md",
    })
public final class ValidateCommand implements Callable<Integer> {
  private static final int MOST_STREAMS = 2_000;

  private final PrintStream out;
  private final PrintStream log;

  @Option(
      names = "--quick",
      description = "1 and 100 streams, 2 pairs of 1 s: less than two minutes.")
  private boolean quick;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "How often client and floor are measured in turn (10).")
  private @Nullable Integer pairs;

  @Option(
      names = "--streams",
      split = ",",
      paramLabel = "N[,N...]",
      description = "How many at a time (1,10,100,300,1000).")
  private List<Integer> streams = List.of();

  @Option(
      names = "--wires",
      split = ",",
      paramLabel = "WIRE[,WIRE...]",
      description = "How they are carried: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Wire> wires = List.of(Wire.values());

  @Option(names = "--seconds", paramLabel = "N", description = "How long each stream lasts (5).")
  private @Nullable Integer seconds;

  @Option(names = "--out", paramLabel = "FILE", description = "Also write the table there.")
  private @Nullable Path file;

  private ValidateCommand(final PrintStream out, final PrintStream log) {
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
    return Commands.run(new ValidateCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    final int times = pairs != null ? pairs : quick ? 2 : 10;
    final int lasting = seconds != null ? seconds : quick ? 1 : 5;
    final List<Integer> counts =
        !streams.isEmpty() ? streams : quick ? List.of(1, 100) : List.of(1, 10, 100, 300, 1000);
    if (times < 1
        || lasting < 1
        || counts.stream().anyMatch(count -> count < 1 || count > MOST_STREAMS)) {
      log.println(
          "validate: pairs and seconds count from 1, streams from 1 to " + MOST_STREAMS + ".");
      return Commands.BAD_INPUT;
    }
    final KnownAnswerTable table = new KnownAnswerTable();
    new Validation(times, Duration.ofSeconds(lasting), line -> log.println("validate: " + line))
        .run(counts, wires, table);
    final String text = heading(times, lasting) + table.markdown();
    out.print(text);
    if (file != null) {
      Files.writeString(file, text);
    }
    return table.lost() == 0 ? Commands.DONE : Commands.FAILED;
  }

  private static String heading(final int pairs, final int seconds) {
    return String.format(
        Locale.ROOT, "%s; %d pairs, streams of %d s%n%n", Whereabouts.here(), pairs, seconds);
  }
}
