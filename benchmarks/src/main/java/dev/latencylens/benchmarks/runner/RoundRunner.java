package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.profile.StreamProfiler;
import dev.latencylens.benchmarks.streaming.Carried;
import dev.latencylens.benchmarks.streaming.RoundEnd;
import dev.latencylens.benchmarks.streaming.RoundPlan;
import dev.latencylens.benchmarks.streaming.SafepointLog;
import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Target;
import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.ForkScores;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs one round: one JMH fork of one cell, so that a fork that dies takes nothing with it but its
 * own round. Not thread-safe.
 */
final class RoundRunner {
  /** JMH's own timeout interrupts nothing here; the streams' deadlines do that. */
  private static final TimeValue JMH_TIMEOUT = TimeValue.days(1);

  /** More than fit into the warm-up's time, which ends it. */
  private static final int WARM_UP_STREAMS_PER_USER = 200;

  private final RunPlan plan;
  private final RunDirectory directory;
  private final SimulatorAddress simulator;
  private final Path planDirectory;
  private final Optional<RoundPlan.Handover> handover;
  private final RunPrices prices;
  private final List<String> archive;

  RoundRunner(
      final RunPlan plan,
      final RunDirectory directory,
      final SimulatorAddress simulator,
      final Path planDirectory,
      final Optional<RoundPlan.Handover> handover,
      final RunPrices prices,
      final List<String> archive) {
    this.archive = List.copyOf(archive);
    this.plan = plan;
    this.directory = directory;
    this.simulator = simulator;
    this.planDirectory = planDirectory;
    this.handover = handover;
    this.prices = prices;
    CleanLaunch.startNothingElse();
  }

  /**
   * A round that was run.
   *
   * @param round what the run directory keeps of it
   * @param jmh JMH's own result, unless the fork died
   * @param end what the fork left to the next one, unless it died
   * @param lastWords what the fork printed last
   */
  record Ran(
      Round round, Optional<RunResult> jmh, Optional<RoundEnd> end, List<String> lastWords) {}

  Ran run(
      final Schedule.Slot slot,
      final Carried carried,
      final int canaryStreams,
      final Runnable measuring)
      throws IOException {
    final Instant started = Instant.now();
    final Path planFile = planDirectory.resolve("round-" + slot.round() + ".json");
    final Path endFile = RoundPlan.endOf(planFile);
    roundPlan(slot, carried, canaryStreams).write(planFile);
    final PlannedCell cell = plan.cells().get(slot.cell());
    final Target target = cell.target();
    final Optional<Path> launch =
        CleanLaunch.write(
            planDirectory,
            plan.configuration().providers().get(target.provider()),
            System.getenv());
    final CapturedOutput output = new CapturedOutput(measuring);
    final ClassPath measured = ClassPath.of(cell.arm());
    try {
      final Collection<RunResult> results =
          new Runner(options(cell, planFile, launch), output).run();
      final Optional<RunResult> result = results.stream().findFirst().map(SettledResult::of);
      return new Ran(
          round(slot, started, result), result, RoundEnd.read(endFile), output.lastLines());
    } catch (final RunnerException e) {
      return new Ran(
          failed(slot, started, "JMH could not run it: " + e.getMessage()),
          Optional.empty(),
          RoundEnd.read(endFile),
          output.lastLines());
    } finally {
      measured.close();
      Files.deleteIfExists(planFile);
      Files.deleteIfExists(endFile);
      Files.deleteIfExists(SafepointLog.beside(planFile));
      if (launch.isPresent()) {
        Files.deleteIfExists(launch.get());
      }
    }
  }

  private RoundPlan roundPlan(
      final Schedule.Slot slot, final Carried carried, final int canaryStreams) {
    final PlannedCell cell = plan.cells().get(slot.cell());
    final Configuration configuration = cell.arm().configuration();
    return new RoundPlan(
        directory.path().toAbsolutePath(),
        slot.round(),
        plan.seed(),
        slot.block(),
        Cell.idAt(slot.cell()),
        cell.target(),
        configuration.workload(),
        cell.load(),
        configuration.deadlines(),
        configuration.limits().of(cell.target()),
        carried,
        configuration.safeguards().errorStop(),
        configuration.safeguards().retries(),
        configuration.http2(),
        configuration.connections(),
        configuration.maxStreamBytes(),
        configuration.maxEventBytes(),
        simulator,
        plan.simulated(),
        canaryStreams,
        handover,
        // Only what was asked of a real service, and said by it, is worth a key.
        handover.isPresent() && configuration.care().storeTexts()
            ? configuration.care().storeKey()
            : List.of(),
        cell.target().userId().or(() -> configuration.care().userId()),
        prices.of(cell.target()),
        configuration.ownDialects());
  }

  private Options options(
      final PlannedCell cell, final Path planFile, final Optional<Path> launch) {
    final Load load = cell.load();
    final int threads = cell.hasThreads() ? load.mostInFlight() : 1;
    final ChainedOptionsBuilder options = new OptionsBuilder();
    launch.ifPresent(command -> options.jvm(command.toString()));
    return options
        .include("^" + Pattern.quote(cell.method()) + "$")
        .param("provider", cell.target().provider())
        .param("model", cell.target().model())
        .mode(Mode.SingleShotTime)
        .timeUnit(TimeUnit.MILLISECONDS)
        .forks(1)
        .threads(threads)
        .warmupIterations(1)
        .warmupBatchSize(cell.hasThreads() ? WARM_UP_STREAMS_PER_USER : 1)
        .measurementIterations(1)
        .measurementBatchSize(
            load instanceof Load.Closed closed && cell.hasThreads()
                ? divideUp(closed.streams(), threads)
                : 1)
        .timeout(JMH_TIMEOUT)
        .shouldDoGC(false)
        .addProfiler(StreamProfiler.class)
        // Without any the fork would take over this process's arguments, and jmh.json with them.
        .jvmArgs(ForkOptions.list().toArray(String[]::new))
        .jvmArgsPrepend(archive.toArray(String[]::new))
        .jvmArgsAppend(
            "-D" + RoundPlan.PROPERTY + "=" + planFile.toAbsolutePath(),
            "-Xlog:safepoint:file=" + SafepointLog.beside(planFile.toAbsolutePath()))
        .build();
  }

  private static int divideUp(final int total, final int parts) {
    return (total + parts - 1) / parts;
  }

  /**
   * What is left of a round that was interrupted: no figures, and an account of the streams whose
   * ends were recorded.
   */
  Ran interrupted(final Schedule.Slot slot, final Ran ran) throws IOException {
    final Map<String, Long> outcomes = new HashMap<>();
    long ended = 0;
    long retries = 0;
    try (StreamLogReader lines = directory.readStreams(List.of(ran.round()))) {
      for (Optional<StreamLine> line = lines.next(); line.isPresent(); line = lines.next()) {
        outcomes.merge(line.get().outcome(), 1L, Long::sum);
        ended++;
        retries += line.get().count(StreamCount.ATTEMPT).isPresent() ? 1 : 0;
      }
    }
    final long planned = plan.streams(slot);
    final long refused = outcomes.getOrDefault("refused_by_limit", 0L);
    final Account account =
        new Account(
            planned, retries, ended - refused, refused, planned + retries - ended, outcomes);
    return new Ran(
        without(slot, ran.round().started(), Round.Status.FAILED, "interrupted", account),
        Optional.empty(),
        ran.end(),
        ran.lastWords());
  }

  private Round round(
      final Schedule.Slot slot, final Instant started, final Optional<RunResult> result)
      throws IOException {
    if (result.isEmpty()) {
      return failed(slot, started, "the measuring process died");
    }
    final Optional<ForkScores> metrics = ForkScores.of(scores(result.get()));
    if (metrics.isEmpty()) {
      return failed(slot, started, "the measuring process reported no stream metrics");
    }
    return new Round(
        slot.round(),
        slot.block(),
        Cell.idAt(slot.cell()),
        started,
        Instant.now(),
        Round.Status.FINISHED,
        Optional.empty(),
        MergedJmhResult.toJson(result.get()),
        metrics.get().health(),
        metrics.get().instrument(),
        metrics.get().account(),
        metrics.get().load(),
        directory.histogramsSha256(Cell.idAt(slot.cell()), slot.round()));
  }

  // JMH declares the map with raw types.
  @SuppressWarnings("rawtypes")
  private static Map<String, Double> scores(final RunResult fork) {
    final Map<String, Double> scores = new HashMap<>();
    for (final Map.Entry<String, Result> entry : fork.getSecondaryResults().entrySet()) {
      scores.put(entry.getKey(), entry.getValue().getScore());
    }
    return scores;
  }

  private Round failed(final Schedule.Slot slot, final Instant started, final String message) {
    return without(slot, started, Round.Status.FAILED, message, nothingOf(slot));
  }

  /** A round that is not run. */
  Round skipped(final Schedule.Slot slot, final String reason) {
    return without(slot, Instant.now(), Round.Status.SKIPPED, reason, nothingOf(slot));
  }

  private Account nothingOf(final Schedule.Slot slot) {
    return new Account(plan.streams(slot), 0, Map.of());
  }

  private static Round without(
      final Schedule.Slot slot,
      final Instant started,
      final Round.Status status,
      final String message,
      final Account account) {
    return new Round(
        slot.round(),
        slot.block(),
        Cell.idAt(slot.cell()),
        started,
        Instant.now(),
        status,
        Optional.of(message),
        MergedJmhResult.none(),
        Map.of(),
        InstrumentReading.NONE,
        account,
        Optional.empty());
  }
}
