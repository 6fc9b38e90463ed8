package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.benchmarks.streaming.SimulatorPaths;
import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Load;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run will do: its cells, one for each load and target, and the order of the rounds.
 *
 * @param arms what was asked for, defaults filled in, the baseline first: at least one
 * @param simulated whether the targets are the embedded simulator
 * @param cells the cells, in the order of the tables' rows, their targets resolved
 * @param proxies for each target that is asked through a proxy, its host and port
 * @param sizes how much each round plans, in the order of the schedule
 * @param schedule the order of the rounds
 * @param seed what the order and the requests are made from
 */
record RunPlan(
    List<Arm> arms,
    boolean simulated,
    List<PlannedCell> cells,
    Map<String, String> proxies,
    List<RoundSize> sizes,
    Schedule schedule,
    long seed) {

  /** Copies the collections. */
  RunPlan {
    arms = List.copyOf(arms);
    cells = List.copyOf(cells);
    proxies = Map.copyOf(proxies);
    sizes = List.copyOf(sizes);
  }

  /**
   * Plans a run of real services.
   *
   * @throws MissingKeyException if a key is missing; where several are, the others are suppressed
   *     exceptions of the first
   */
  static RunPlan real(final List<Arm> arms, final long seed, final KeySupply keys)
      throws MissingKeyException {
    final Providers providers = arms.get(0).configuration().providers();
    final Map<String, Target> targets = new HashMap<>();
    final Map<String, String> proxies = new HashMap<>();
    final List<MissingKeyException> missing = new ArrayList<>();
    for (final Target target : ownTargets(arms)) {
      try {
        // Opened once to be sure before anything is sent; the forks open it for themselves.
        final Endpoint endpoint = TargetEndpoint.open(target, providers, keys);
        endpoint.credentials().close();
        endpoint.proxy().ifPresent(proxy -> proxies.put(target.name(), proxy.hostAndPort()));
        targets.put(target.name(), target.at(endpoint.baseUrl(), target.network()));
      } catch (final MissingKeyException e) {
        missing.add(e);
      }
    }
    if (!missing.isEmpty()) {
      final MissingKeyException first = missing.get(0);
      missing.subList(1, missing.size()).forEach(first::addSuppressed);
      throw first;
    }
    return of(arms, false, targets, proxies, seed);
  }

  /**
   * Plans a run of the embedded simulator.
   *
   * @throws IllegalArgumentException if the simulator does not speak what a target asks
   */
  static RunPlan simulated(
      final List<Arm> arms, final long seed, final SimulatorAddress simulator) {
    final Map<String, Target> targets = new HashMap<>();
    for (final Target target : ownTargets(arms)) {
      targets.put(
          target.name(),
          SimulatorPaths.rehearsal(target, simulator)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the simulator does not answer at the path that target "
                              + target.name()
                              + " asks: leave it out, or measure the service itself")));
    }
    return of(arms, true, targets, Map.of(), seed);
  }

  private static List<Target> ownTargets(final List<Arm> arms) {
    return arms.stream()
        .flatMap(arm -> arm.configuration().targets().stream().map(arm::own))
        .toList();
  }

  private static RunPlan of(
      final List<Arm> arms,
      final boolean simulated,
      final Map<String, Target> targets,
      final Map<String, String> proxies,
      final long seed) {
    final List<PlannedCell> cells = new ArrayList<>();
    for (final Load load : arms.get(0).configuration().loads()) {
      // Rows that are to be compared stand below each other.
      for (int row = 0; row < mostTargets(arms); row++) {
        for (final Arm arm : arms) {
          final List<Target> configured = arm.configuration().targets();
          if (row < configured.size()) {
            final Target target = arm.own(configured.get(row));
            cells.add(new PlannedCell(arm, targets.getOrDefault(target.name(), target), load));
          }
        }
      }
    }
    final Schedule schedule =
        Schedule.interleaved(cells.size(), arms.get(0).configuration().rounds(), seed);
    return new RunPlan(
        arms, simulated, cells, proxies, RoundSize.of(schedule, cells, seed), schedule, seed);
  }

  private static int mostTargets(final List<Arm> arms) {
    return arms.stream().mapToInt(arm -> arm.configuration().targets().size()).max().orElse(0);
  }

  /** What holds for the whole run, whatever its arms differ in. */
  Configuration configuration() {
    return arms.get(0).configuration();
  }

  /**
   * What the manifest says was asked for: of each arm what it may have for itself, and once what
   * all share.
   */
  Map<String, Object> redacted() {
    final Map<String, Object> shared = new LinkedHashMap<>(configuration().redacted());
    if (arms.size() > 1) {
      shared.keySet().removeAll(Arms.OWN);
      final Map<String, Object> own = new LinkedHashMap<>();
      for (final Arm arm : arms) {
        final Map<String, Object> ofArm = new LinkedHashMap<>(arm.configuration().redacted());
        ofArm.keySet().retainAll(Arms.OWN);
        own.put(arm.name(), ofArm);
      }
      shared.put("arms", own);
    }
    return shared;
  }

  /** The targets of all arms, each once. */
  List<Target> targets() {
    return cells.stream().map(PlannedCell::target).distinct().toList();
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
        .requests(cells.get(slot.cell()).target(), configuration().workload(), seed, slot.block());
  }

  /** The cells, as the manifest has them. */
  List<Cell> cells(final String machine) {
    final List<Cell> described = new ArrayList<>();
    for (final PlannedCell planned : cells) {
      final Target target = planned.target();
      described.add(
          new Cell(
              Cell.idAt(described.size()),
              planned.benchmark().getSimpleName(),
              planned.arm().configured(target),
              target.provider(),
              target.model(),
              configuration().workload().name(),
              planned.load().label(),
              connection(planned),
              planned.arm().name(),
              machine,
              target.userId().or(() -> configuration().care().userId())));
    }
    return described;
  }

  private String connection(final PlannedCell planned) {
    final Configuration configuration = planned.arm().configuration();
    final Target target = planned.target();
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
    for (final Target target : targets()) {
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
    for (final Arm arm : arms) {
      arm.build().ifPresent(build -> notes.add("Arm " + arm.name() + ": " + build.inWords() + "."));
    }
    return notes;
  }

  /** The rounds as the manifest lists them. */
  List<PlannedRound> rounds() {
    final Providers providers = configuration().providers();
    return schedule.rounds().stream()
        .map(
            slot ->
                new PlannedRound(
                    slot.round(),
                    slot.block(),
                    Cell.idAt(slot.cell()),
                    Optional.of(requestsSha256(providers, slot)),
                    size(slot).scheduleSha256()))
        .toList();
  }

  private String requestsSha256(final Providers providers, final Schedule.Slot slot) {
    final Target target = cells.get(slot.cell()).target();
    final StreamApi api;
    try {
      api = providers.get(target.provider()).api(target.options());
    } catch (final OptionException e) {
      throw new IllegalStateException("a target that could be opened has its options", e);
    }
    return requests(slot).sha256(api, target.baseUrl().orElseThrow(), streams(slot));
  }
}
