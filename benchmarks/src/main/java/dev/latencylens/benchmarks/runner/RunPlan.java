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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run will do: its targets, one cell each, and the order of the rounds.
 *
 * @param configuration what was asked for, defaults filled in
 * @param simulated whether the targets are the embedded simulator
 * @param targets the targets, resolved, in the order of the cells
 * @param proxies for each target that is asked through a proxy, its host and port
 * @param schedule the order of the rounds
 */
record RunPlan(
    Configuration configuration,
    boolean simulated,
    List<Target> targets,
    Map<String, String> proxies,
    Schedule schedule) {

  /** Copies the collections. */
  RunPlan {
    targets = List.copyOf(targets);
    proxies = Map.copyOf(proxies);
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
    final Map<String, String> proxies = new HashMap<>();
    final List<MissingKeyException> missing = new ArrayList<>();
    for (final Target target : configuration.targets()) {
      try {
        // Opened once to be sure before anything is sent; the forks open it for themselves.
        final Endpoint endpoint = TargetEndpoint.open(target, providers, keys);
        endpoint.credentials().close();
        endpoint.proxy().ifPresent(proxy -> proxies.put(target.name(), proxy.hostAndPort()));
        targets.add(target.at(endpoint.baseUrl(), target.network()));
      } catch (final MissingKeyException e) {
        missing.add(e);
      }
    }
    if (!missing.isEmpty()) {
      final MissingKeyException first = missing.get(0);
      missing.subList(1, missing.size()).forEach(first::addSuppressed);
      throw first;
    }
    return new RunPlan(configuration, false, targets, proxies, schedule(configuration, seed));
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
    return new RunPlan(configuration, true, targets, Map.of(), schedule(configuration, seed));
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
              connection(target),
              "",
              machine,
              target.userId().or(() -> configuration.care().userId())));
    }
    return cells;
  }

  private String connection(final Target target) {
    return (configuration.connections().reuse() ? "pooled" : "fresh")
        + (configuration.connections().resumeSessions() ? ", tls resumed" : "")
        + ", http2 "
        + configuration.http2().wireName()
        + (target.plaintext() ? ", plaintext" : "")
        + (proxies.containsKey(target.name()) ? ", proxy" : "");
  }

  /** What readers of the tables should know of how targets were reached. */
  List<String> notes() {
    final List<String> notes = new ArrayList<>();
    for (final Target target : targets) {
      if (target.plaintext()) {
        notes.add(
            "PLAINTEXT: "
                + target.name()
                + " was asked over plain http: its key, prompts and answers could be read and"
                + " changed on the way.");
      }
      if (proxies.containsKey(target.name())) {
        notes.add(
            target.name()
                + " was asked through the proxy "
                + proxies.get(target.name())
                + ": connect includes the opening of the tunnel.");
      }
    }
    return notes;
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
