package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.benchmarks.streaming.SimulatorPaths;
import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.PlannedRound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run will do: its targets, one cell each, and the order of the rounds.
 *
 * @param configuration what was asked for, defaults filled in
 * @param simulated whether the targets are the embedded simulator
 * @param targets the targets, resolved, in the order of the cells
 * @param schedule the order of the rounds
 */
record RunPlan(
    Configuration configuration, boolean simulated, List<Target> targets, Schedule schedule) {

  /** Copies the list. */
  RunPlan {
    targets = List.copyOf(targets);
  }

  /**
   * Plans a run of real services.
   *
   * @throws MissingKeyException if a key is missing; where several are, the others are suppressed
   *     exceptions of the first
   */
  static RunPlan real(final Configuration configuration, final long seed, final KeySupply keys)
      throws MissingKeyException {
    final Providers providers = Providers.load();
    final List<Target> targets = new ArrayList<>();
    final List<MissingKeyException> missing = new ArrayList<>();
    for (final Target target : configuration.targets()) {
      try {
        // Opened once to be sure before anything is sent; the forks open it for themselves.
        final Endpoint endpoint = TargetEndpoint.open(target, providers, keys);
        endpoint.credentials().close();
        targets.add(
            target.at(endpoint.baseUrl(), target.caBundle().map(path -> path.toAbsolutePath())));
      } catch (final MissingKeyException e) {
        missing.add(e);
      }
    }
    if (!missing.isEmpty()) {
      final MissingKeyException first = missing.get(0);
      missing.subList(1, missing.size()).forEach(first::addSuppressed);
      throw first;
    }
    return new RunPlan(configuration, false, targets, schedule(configuration, seed));
  }

  /**
   * Plans a run of the embedded simulator.
   *
   * @throws IllegalArgumentException if the simulator does not speak what a target asks
   */
  static RunPlan simulated(
      final Configuration configuration, final long seed, final SimulatorAddress simulator) {
    final List<Target> targets = new ArrayList<>();
    for (final Target target : configuration.targets()) {
      targets.add(
          SimulatorPaths.rehearsal(target, simulator)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the simulator does not answer at the path that target "
                              + target.name()
                              + " asks: leave it out, or measure the service itself")));
    }
    return new RunPlan(configuration, true, targets, schedule(configuration, seed));
  }

  private static Schedule schedule(final Configuration configuration, final long seed) {
    return Schedule.interleaved(configuration.targets().size(), configuration.rounds(), seed);
  }

  /** The cells, one for each target. */
  List<Cell> cells(final String machine) {
    final List<Cell> cells = new ArrayList<>();
    for (final Target target : targets) {
      cells.add(
          new Cell(
              cellId(cells.size()),
              "StreamBenchmark",
              target.name(),
              target.provider(),
              target.model(),
              configuration.workload().name(),
              String.format(
                  Locale.ROOT,
                  "closed %d x %d",
                  configuration.load().concurrency(),
                  configuration.load().streams()),
              (configuration.reuse() ? "pooled" : "fresh")
                  + ", http2 "
                  + configuration.http2().wireName(),
              "",
              machine,
              target.userId().or(() -> configuration.care().userId())));
    }
    return cells;
  }

  /** The rounds as the manifest lists them. */
  List<PlannedRound> rounds() {
    return schedule.rounds().stream()
        .map(slot -> new PlannedRound(slot.round(), slot.block(), cellId(slot.cell())))
        .toList();
  }

  static String cellId(final int index) {
    return String.format(Locale.ROOT, "c%03d", index + 1);
  }
}
