package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.profile.StreamProfiler;
import dev.latencylens.benchmarks.streaming.RoundPlan;
import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.benchmarks.streaming.StreamBenchmark;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Target;
import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

  RoundRunner(
      final RunPlan plan,
      final RunDirectory directory,
      final SimulatorAddress simulator,
      final Path planDirectory,
      final Optional<RoundPlan.Handover> handover) {
    this.plan = plan;
    this.directory = directory;
    this.simulator = simulator;
    this.planDirectory = planDirectory;
    this.handover = handover;
    CleanLaunch.startNothingElse();
  }

  /**
   * A round that was run.
   *
   * @param round what the run directory keeps of it
   * @param jmh JMH's own result, unless the fork died
   * @param lastWords what the fork printed last
   */
  record Ran(Round round, Optional<RunResult> jmh, List<String> lastWords) {}

  Ran run(final Schedule.Slot slot, final Runnable measuring) throws IOException {
    final Instant started = Instant.now();
    final Path planFile = planDirectory.resolve("round-" + slot.round() + ".json");
    roundPlan(slot).write(planFile);
    final Target target = plan.targets().get(slot.cell());
    final Optional<Path> launch = CleanLaunch.write(planDirectory, target, System.getenv());
    final CapturedOutput output = new CapturedOutput(measuring);
    try {
      final Collection<RunResult> results =
          new Runner(options(target, planFile, launch), output).run();
      final Optional<RunResult> result = results.stream().findFirst();
      return new Ran(round(slot, started, result), result, output.lastLines());
    } catch (final RunnerException e) {
      return new Ran(
          failed(slot, started, "JMH could not run it: " + e.getMessage()),
          Optional.empty(),
          output.lastLines());
    } finally {
      Files.deleteIfExists(planFile);
      if (launch.isPresent()) {
        Files.deleteIfExists(launch.get());
      }
    }
  }

  private RoundPlan roundPlan(final Schedule.Slot slot) {
    final Configuration configuration = plan.configuration();
    return new RoundPlan(
        directory.path().toAbsolutePath(),
        slot.round(),
        RunPlan.cellId(slot.cell()),
        plan.targets().get(slot.cell()),
        configuration.workload(),
        configuration.load(),
        configuration.deadlines(),
        configuration.limits(),
        configuration.http2(),
        configuration.connections(),
        configuration.maxStreamBytes(),
        configuration.maxEventBytes(),
        simulator,
        plan.simulated(),
        handover,
        // Only what was asked of a real service, and said by it, is worth a key.
        handover.isPresent() && configuration.care().storeTexts()
            ? configuration.care().storeKey()
            : List.of(),
        plan.targets().get(slot.cell()).userId().or(() -> configuration.care().userId()));
  }

  private Options options(final Target target, final Path planFile, final Optional<Path> launch) {
    final Load load = plan.configuration().load();
    final ChainedOptionsBuilder options = new OptionsBuilder();
    launch.ifPresent(command -> options.jvm(command.toString()));
    return options
        .include("^" + StreamBenchmark.class.getName().replace(".", "\\.") + "\\.stream$")
        .param("provider", target.provider())
        .param("model", target.model())
        .mode(Mode.SingleShotTime)
        .timeUnit(TimeUnit.MILLISECONDS)
        .forks(1)
        .threads(load.concurrency())
        .warmupIterations(1)
        .warmupBatchSize(WARM_UP_STREAMS_PER_USER)
        .measurementIterations(1)
        .measurementBatchSize(divideUp(load.streams(), load.concurrency()))
        .timeout(JMH_TIMEOUT)
        .shouldDoGC(false)
        .addProfiler(StreamProfiler.class)
        // Else the fork would take over this process's arguments, and jmh.json with them.
        .jvmArgs()
        .jvmArgsAppend("-D" + RoundPlan.PROPERTY + "=" + planFile.toAbsolutePath())
        .build();
  }

  private static int divideUp(final int total, final int parts) {
    return (total + parts - 1) / parts;
  }

  private Round round(
      final Schedule.Slot slot, final Instant started, final Optional<RunResult> result)
      throws IOException {
    if (result.isEmpty()) {
      return failed(slot, started, "the measuring process died");
    }
    final Map<String, Double> metrics = secondaryScores(result.get());
    final Double streams = metrics.get(StreamProfiler.STREAMS);
    if (streams == null) {
      return failed(slot, started, "the measuring process reported no stream metrics");
    }
    final Map<String, Long> outcomes = new HashMap<>();
    final Map<String, Double> health = new HashMap<>();
    InstrumentReading instrument = InstrumentReading.NONE;
    for (final Map.Entry<String, Double> metric : metrics.entrySet()) {
      final String label = metric.getKey();
      final double value = metric.getValue();
      if (label.startsWith(StreamProfiler.OUTCOME)) {
        outcomes.put(label.substring(StreamProfiler.OUTCOME.length()), Math.round(value));
      } else if (label.startsWith(StreamProfiler.HEALTH)) {
        health.put(label.substring(StreamProfiler.HEALTH.length()), value);
      } else if (label.startsWith(StreamProfiler.INSTRUMENT_EVENTS) && value > 0) {
        instrument =
            new InstrumentReading(
                InstrumentReading.Source.valueOf(
                    label
                        .substring(StreamProfiler.INSTRUMENT_EVENTS.length())
                        .toUpperCase(Locale.ROOT)),
                Math.round(value));
      }
    }
    return new Round(
        slot.round(),
        slot.block(),
        RunPlan.cellId(slot.cell()),
        started,
        Instant.now(),
        Round.Status.FINISHED,
        Optional.empty(),
        MergedJmhResult.toJson(result.get()),
        health,
        instrument,
        new Account(plan.configuration().load().streams(), Math.round(streams), outcomes));
  }

  // JMH declares the map with raw types.
  @SuppressWarnings("rawtypes")
  private static Map<String, Double> secondaryScores(final RunResult result) {
    final Map<String, Double> scores = new HashMap<>();
    for (final Map.Entry<String, Result> entry : result.getSecondaryResults().entrySet()) {
      scores.put(entry.getKey(), entry.getValue().getScore());
    }
    return scores;
  }

  private Round failed(final Schedule.Slot slot, final Instant started, final String message) {
    return new Round(
        slot.round(),
        slot.block(),
        RunPlan.cellId(slot.cell()),
        started,
        Instant.now(),
        Round.Status.FAILED,
        Optional.of(message),
        MergedJmhResult.none(),
        Map.of(),
        InstrumentReading.NONE,
        new Account(plan.configuration().load().streams(), 0, Map.of()));
  }
}
