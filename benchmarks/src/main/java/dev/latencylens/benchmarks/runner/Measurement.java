package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.console.Home;
import dev.latencylens.benchmarks.streaming.SimulatedModels;
import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.fixtures.simulator.SimulatorProcess;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.limit.Spending;
import dev.latencylens.results.compare.Reach;
import dev.latencylens.results.report.RunReport;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunLock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One run from its prepared plan to its tables, for all commands that measure. */
final class Measurement {
  private static final int BLOCKS_FOR_A_VERDICT = 6;
  private static final Duration SIMULATOR_PATIENCE = Duration.ofSeconds(30);
  private static final DateTimeFormatter DIRECTORY_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Drawn seeds are short, so that they can be typed again. */
  private static final int SEEDS = 1_000_000;

  private Measurement() {}

  /** The seed of a configuration, or one drawn for this run. */
  static long seed(final Configuration configuration) {
    return configuration.seed().orElseGet(() -> RANDOM.nextInt(SEEDS));
  }

  /**
   * What came of it.
   *
   * @param report the tables
   * @param spent what it cost
   */
  record Done(RunReport report, Spending.Cost spent) {}

  /**
   * Measures, and writes the tables.
   *
   * @param style how much is told of its progress
   * @param interruption ends it early
   * @throws IOException if the run directory is in use or can't be written
   */
  static Done run(
      final Preparation preparation,
      final long seed,
      final String name,
      final RunDirectory run,
      final PrintStream log,
      final Progress.Style style,
      final Interruption interruption)
      throws IOException {
    final RunLock lock =
        RunLock.tryAcquire(run.path())
            // So that nobody erases or exports a run that is still measured.
            .orElseThrow(() -> new IOException(run.path() + " is in use by another process"));
    try {
      final Spending.Cost spent = measure(preparation, seed, name, run, log, style, interruption);
      return new Done(RunReport.write(run), spent);
    } finally {
      lock.close();
    }
  }

  private static Spending.Cost measure(
      final Preparation preparation,
      final long seed,
      final String name,
      final RunDirectory run,
      final PrintStream log,
      final Progress.Style style,
      final Interruption interruption)
      throws IOException {
    try (SimulatorProcess simulator =
        SimulatorProcess.start(SimulatedModels.options(seed), SIMULATOR_PATIENCE, log::println)) {
      interruption.spare(simulator.pid());
      final SimulatorAddress address =
          new SimulatorAddress(simulator.baseUri(), simulator.caBundle());
      final RunPlan plan = preparation.plan(address);
      if (style != Progress.Style.QUIET) {
        log.println(introduction(plan, run));
      }
      final BenchRun bench =
          new BenchRun(plan, run, address, preparation.keys(), log, interruption);
      bench.run(name, seed, Home.directory(), style);
      return bench.spent();
    }
  }

  private static String introduction(final RunPlan plan, final RunDirectory run) {
    final int targets = plan.targets().size();
    final int blocks = plan.configuration().rounds();
    return String.format(
        Locale.ROOT,
        "%s: %d %s x %d %s x %s; into %s%s",
        plan.simulated() ? "Measuring the embedded simulator over HTTPS" : "Measuring",
        targets,
        targets == 1 ? "target" : "targets",
        blocks,
        blocks == 1 ? "block" : "blocks",
        loads(plan),
        run.path(),
        reach(plan).map(words -> System.lineSeparator() + words).orElse(""));
  }

  /** Whether the run can come to verdicts; empty where a run is as usual. */
  static Optional<String> reach(final RunPlan plan) {
    final int blocks = plan.configuration().rounds();
    return ComparisonPlan.of(plan)
        .map(planned -> Reach.inWords(planned, blocks))
        .or(
            () ->
                blocks < BLOCKS_FOR_A_VERDICT
                    ? Optional.of(
                        "Fewer than "
                            + BLOCKS_FOR_A_VERDICT
                            + " blocks: the tables will hold figures, and no verdicts.")
                    : Optional.empty());
  }

  private static String loads(final RunPlan plan) {
    final List<Load> loads = plan.configuration().loads();
    if (loads.size() > 1) {
      return loads.size() + " loads";
    }
    return loads.get(0) instanceof Load.Closed closed
        ? closed.streams() + " streams, " + closed.concurrency() + " in flight"
        : "the load " + loads.get(0).label();
  }

  /** Where a run goes that nobody named a directory for. */
  static Path defaultDirectory(final String name) {
    return Home.runs().resolve(DIRECTORY_TIME.format(Instant.now()) + "-" + name);
  }
}
