package dev.latencylens.benchmarks.proof;

import dev.latencylens.benchmarks.console.Commands;
import dev.latencylens.benchmarks.console.Whereabouts;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.fixtures.simulator.SimulatorProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/verdict-trials}: how often verdicts on real runs are right. */
@Command(
    name = "verdict-trials",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes many whole runs of two arms against a simulator that slows one arm by a known",
      "share, and counts what was said of them. Each run is ten blocks of 100 short streams",
      "an arm, and takes about a minute and a half on two cores.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 all claims hold, 1 one does not or a run failed, 2 bad arguments.",
      "",
      "Examples:",
      "  scripts/verdict-trials",
      "  scripts/verdict-trials --unchanged 5 --tenth 1 --little 1",
    })
public final class TrialsCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SPREAD = ",ttft-sigma=0.15,gap-ms=5,tokens=4";
  private static final String BASE = "base";
  private static final String TENTH = "slower-by-a-tenth";
  private static final String LITTLE = "slower-by-a-little";

  private final PrintStream out;
  private final PrintStream log;

  @Option(
      names = "--unchanged",
      paramLabel = "N",
      description = "Runs of two equal arms (60). At most one in ten may raise an alarm.")
  private int unchanged = 60;

  @Option(
      names = "--tenth",
      paramLabel = "N",
      description = "Runs with one arm's ttft slowed by 10%% (10). Nine in ten must be found.")
  private int tenth = 10;

  @Option(
      names = "--little",
      paramLabel = "N",
      description =
          "Runs with one arm's ttft slowed by 3%%, less than the margin (10). Nine in ten must not"
              + " be called slower.")
  private int little = 10;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the simulator (1).")
  private long seed = 1;

  private TrialsCommand(final PrintStream out, final PrintStream log) {
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
    return Commands.run(new TrialsCommand(out, log), out, log, arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    out.printf("%s%n%n", Whereabouts.here());
    out.println(
        "| one arm's ttft | runs | alarms before the margin | called slower | claim | holds |");
    out.println("|:--|--:|--:|--:|:--|:--|");
    final ModelProfile base = ModelProfile.defaults();
    boolean all = true;
    try (SimulatorProcess simulator =
        SimulatorProcess.start(
            SimulatorOptions.defaults()
                .withSeed(seed)
                .withPlain(true)
                .withModel(BASE, base.with("ttft-ms=300" + SPREAD))
                .withModel(TENTH, base.with("ttft-ms=330" + SPREAD))
                .withModel(LITTLE, base.with("ttft-ms=309" + SPREAD)),
            PATIENCE,
            line -> log.println("simulator: " + line))) {
      final Counts equal = trials(simulator, BASE, unchanged);
      all &=
          line(
              "unchanged", equal, "alarms in at most a tenth", 10 * equal.alarms() <= equal.runs());
      final Counts slow = trials(simulator, TENTH, tenth);
      all &= line("+10%", slow, "slower in nine tenths", 10 * slow.slower() >= 9 * slow.runs());
      final Counts slight = trials(simulator, LITTLE, little);
      all &=
          line("+3%", slight, "not slower in nine tenths", 10 * slight.slower() <= slight.runs());
    }
    return all ? Commands.DONE : Commands.FAILED;
  }

  private record Counts(int runs, int alarms, int slower) {}

  private Counts trials(final SimulatorProcess simulator, final String after, final int runs)
      throws IOException, InterruptedException {
    int alarms = 0;
    int slower = 0;
    for (int run = 1; run <= runs; run++) {
      final Path scratch = Files.createTempDirectory("latency-lens-trial-");
      try {
        final Trial trial = Trial.of(scratch, simulator, BASE, after);
        alarms += trial.alarm() ? 1 : 0;
        slower += trial.slower() ? 1 : 0;
        log.printf(
            Locale.ROOT,
            "%s %d of %d: ttft_p50 %s%s; so far %d alarms, %d slower%n",
            after,
            run,
            runs,
            trial.median(),
            trial.alarm() ? ", alarm" : "",
            alarms,
            slower);
      } finally {
        Scratch.remove(scratch);
      }
    }
    return new Counts(runs, alarms, slower);
  }

  private boolean line(
      final String arm, final Counts counts, final String claim, final boolean holds) {
    out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %d | %s | %s |%n",
        arm,
        counts.runs(),
        counts.alarms(),
        counts.slower(),
        claim,
        holds ? "yes" : "NO");
    return holds;
  }
}
