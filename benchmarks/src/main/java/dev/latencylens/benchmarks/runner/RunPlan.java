package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.benchmarks.streaming.SimulatorPaths;
import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.workload.RequestSequence;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.PlannedRound;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run will do: its cells, one for each load and target, and the order of the rounds.
 *
 * @param configuration what was asked for, defaults filled in
 * @param simulated whether the targets are the embedded simulator
 * @param targets the targets, resolved
 * @param proxies for each target that is asked through a proxy, its host and port
 * @param sizes how much each round plans, in the order of the schedule
 * @param schedule the order of the rounds
 * @param seed what the order and the requests are made from
 */
record RunPlan(
    Configuration configuration,
    boolean simulated,
    List<Target> targets,
    Map<String, String> proxies,
    List<RoundSize> sizes,
    Schedule schedule,
    long seed) {

  /** Copies the collections. */
  RunPlan {
    targets = List.copyOf(targets);
    proxies = Map.copyOf(proxies);
    sizes = List.copyOf(sizes);
  }

  /**
   * Plans a run of real services.
   *
   * @throws MissingKeyException if a key is missing; where several are, the others are suppressed
   *     exceptions of the first
   */
  static RunPlan real(final Configuration configuration, final long seed, final KeySupply keys)
      throws MissingKeyException {
    final Providers providers = configuration.providers();
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
    return of(configuration, false, targets, proxies, seed);
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
    return of(configuration, true, targets, Map.of(), seed);
  }

  private static RunPlan of(
      final Configuration configuration,
      final boolean simulated,
      final List<Target> targets,
      final Map<String, String> proxies,
      final long seed) {
    final Schedule schedule =
        Schedule.interleaved(
            targets.size() * configuration.loads().size(), configuration.rounds(), seed);
    return new RunPlan(
        configuration,
        simulated,
        targets,
        proxies,
        RoundSize.of(schedule, cells(configuration, targets), seed),
        schedule,
        seed);
  }

  private static List<PlannedCell> cells(
      final Configuration configuration, final List<Target> targets) {
    return configuration.loads().stream()
        .flatMap(load -> targets.stream().map(target -> new PlannedCell(target, load)))
        .toList();
  }

  /** The cells, in the order of the tables' rows. */
  List<PlannedCell> cells() {
    return cells(configuration, targets);
  }

  /** How many streams a round plans. */
  long streams(final Schedule.Slot slot) {
    return size(slot).streams();
  }

  private RoundSize size(final Schedule.Slot slot) {
    return sizes.get(slot.round() - 1);
  }

  /** The requests of a round. */
  RequestSequence requests(final Schedule.Slot slot) {
    return size(slot)
        .requests(cells().get(slot.cell()).target(), configuration.workload(), seed, slot.block());
  }

  /** The cells, as the manifest has them. */
  List<Cell> cells(final String machine) {
    final List<Cell> cells = new ArrayList<>();
    for (final PlannedCell planned : cells()) {
      final Target target = planned.target();
      cells.add(
          new Cell(
              cellId(cells.size()),
              planned.benchmark().getSimpleName(),
              target.name(),
              target.provider(),
              target.model(),
              configuration.workload().name(),
              planned.load().label(),
              connection(target),
              "",
              machine,
              target.userId().or(() -> configuration.care().userId())));
    }
    return cells;
  }

  private String connection(final Target target) {
    return (configuration.connections().reuse() ? "pooled" : "fresh")
        + (configuration.connections().reuse() && !configuration.connections().prepare()
            ? ", not prepared"
            : "")
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
    final Providers providers = configuration.providers();
    return schedule.rounds().stream()
        .map(
            slot ->
                new PlannedRound(
                    slot.round(),
                    slot.block(),
                    cellId(slot.cell()),
                    Optional.of(requestsSha256(providers, slot)),
                    size(slot).scheduleSha256()))
        .toList();
  }

  private String requestsSha256(final Providers providers, final Schedule.Slot slot) {
    final Target target = cells().get(slot.cell()).target();
    final StreamApi api;
    try {
      api = providers.get(target.provider()).api(target.options());
    } catch (final OptionException e) {
      throw new IllegalStateException("a target that could be opened has its options", e);
    }
    return requests(slot).sha256(api, target.baseUrl().orElseThrow(), streams(slot));
  }

  static String cellId(final int index) {
    return String.format(Locale.ROOT, "c%03d", index + 1);
  }
}
