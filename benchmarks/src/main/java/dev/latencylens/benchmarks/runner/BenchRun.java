package dev.latencylens.benchmarks.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.benchmarks.streaming.RoundPlan;
import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.harness.limit.Spending;
import dev.latencylens.results.run.ClockAnchor;
import dev.latencylens.results.run.Machine;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.Objectives;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a plan round by round and keeps the run directory up to date, so that a run which is killed
 * keeps all that was finished. Not thread-safe.
 */
final class BenchRun {
  private static final String INTERRUPTED =
      "The run was interrupted: the tables hold the rounds that were finished before.";

  private final RunPlan plan;
  private final RunDirectory directory;
  private final SimulatorAddress simulator;
  private final Optional<KeyHandover> keys;
  private final RunPrices prices;
  private final RunEstimate estimate;
  private final PrintStream log;
  private final Interruption interruption;
  private final RunTotals totals;

  /**
   * Prepares a run.
   *
   * @param keys where measuring processes get their keys; empty if the targets are the simulator
   * @param interruption ends the run early
   */
  BenchRun(
      final RunPlan plan,
      final RunDirectory directory,
      final SimulatorAddress simulator,
      final Optional<KeyHandover> keys,
      final PrintStream log,
      final Interruption interruption) {
    this.plan = plan;
    this.directory = directory;
    this.simulator = simulator;
    this.keys = keys;
    this.prices = RunPrices.of(plan);
    estimate = new RunEstimate(plan, prices);
    this.log = log;
    this.interruption = interruption;
    totals = new RunTotals(plan.configuration(), Clock.systemUTC());
  }

  /**
   * Runs all rounds.
   *
   * @param name the run's name
   * @param seed what the order was made from
   * @param checkout where the suite's source is, for the manifest
   * @param style how much is told of its progress
   * @throws IOException if the run directory can't be written
   */
  void run(final String name, final long seed, final Path checkout, final Progress.Style style)
      throws IOException {
    final Manifest manifest = manifest(name, seed, checkout);
    directory.writeManifest(manifest);
    try (RunAudit audit = RunAudit.begin(directory, plan.configuration().care().userId())) {
      measure(style);
      if (interruption.requested()) {
        directory.writeManifest(annotated(manifest).withNote(INTERRUPTED));
        audit.finish("interrupted");
      } else {
        directory.writeManifest(annotated(manifest).finishedAt(Instant.now()));
        audit.finish("finished");
      }
    }
  }

  /** What was spent so far. */
  Spending.Cost spent() {
    return totals.spent();
  }

  private void measure(final Progress.Style style) throws IOException {
    // For its owner alone, as createTempDirectory promises.
    final Path planDirectory = Files.createTempDirectory("latency-lens-");
    try {
      if (keys.isPresent()) {
        try (KeyServer server = KeyServer.start(planDirectory, keys.get())) {
          final var handover =
              new RoundPlan.Handover(server.socket(), plan.configuration().keys().dotEnv());
          runRounds(planDirectory, Optional.of(handover), style);
        }
      } else {
        runRounds(planDirectory, Optional.empty(), style);
      }
    } finally {
      Files.deleteIfExists(planDirectory);
    }
  }

  private void runRounds(
      final Path planDirectory,
      final Optional<RoundPlan.Handover> handover,
      final Progress.Style style)
      throws IOException {
    final RoundRunner runner =
        new RoundRunner(plan, directory, simulator, planDirectory, handover, prices, archive());
    final Map<String, CanaryStreams> canaries = new HashMap<>();
    final MergedJmhResult merged = new MergedJmhResult();
    final List<Schedule.Slot> slots = plan.schedule().rounds();
    final List<PlannedCell> cells = plan.cells();
    try (Progress progress =
        new Progress(log, style, size(slots), Clock.system(ZoneId.systemDefault()))) {
      for (final Schedule.Slot slot : slots) {
        if (interruption.requested()) {
          break;
        }
        final PlannedCell cell = cells.get(slot.cell());
        progress.roundStarts(inWords(slot, cell));
        final Optional<String> skip = totals.skip(cell.target());
        if (skip.isPresent()) {
          directory.writeRound(runner.skipped(slot, skip.get()));
          progress.roundEnds(
              new Progress.RoundEnd(
                  "not run: " + skip.get(), Progress.Trouble.ROUND, 0, spentInWords()));
          continue;
        }
        final CanaryStreams canaryStreams =
            canaries.computeIfAbsent(
                cell.arm().name(),
                unused ->
                    new CanaryStreams(
                        cell.arm().configuration().canaryShare(), plan.configuration().rounds()));
        final int canary = plan.simulated() ? 0 : canaryStreams.next(slot.cell(), cell.load());
        RoundRunner.Ran ran =
            runner.run(slot, totals.before(cell.target()), canary, progress::measuring);
        if (interruption.requested()) {
          ran = runner.interrupted(slot, ran);
        }
        canaryStreams.after(slot.cell(), canary, ran.round().instrument().events());
        totals.after(cell.target(), ran.round().account(), ran.end(), () -> estimate.most(slot));
        directory.writeRound(ran.round());
        if (ran.jmh().isPresent()) {
          merged.add(ran.round().cell(), ran.jmh().get());
          directory.writeJmh(merged.toJson());
        }
        progress.roundEnds(
            new Progress.RoundEnd(
                inWords(ran.round()),
                trouble(ran.round()),
                ran.round().account().started(),
                spentInWords()));
        if (!ran.round().usable() && !interruption.requested()) {
          ran.lastWords().forEach(line -> log.println("    " + line));
        }
      }
    }
  }

  /** Another build has no archive: none of the arms is to begin otherwise than the others. */
  private List<String> archive() {
    return plan.cells().stream().anyMatch(cell -> cell.arm().build().isPresent())
        ? List.of()
        : ClassDataArchive.options(log);
  }

  private Progress.Size size(final List<Schedule.Slot> slots) {
    return new Progress.Size(
        slots.size(), slots.stream().mapToLong(plan::streams).sum(), estimate.expected());
  }

  /** Simulated tokens are not charged for. */
  private Optional<String> spentInWords() {
    return plan.simulated() || spent().picoUsd() == 0
        ? Optional.empty()
        : Optional.of(RunEstimate.usd(spent().picoUsd()) + " USD");
  }

  private static Progress.Trouble trouble(final Round round) {
    if (!round.usable()) {
      return Progress.Trouble.ROUND;
    }
    return failures(round).isEmpty() ? Progress.Trouble.NONE : Progress.Trouble.STREAMS;
  }

  private static Map<String, Long> failures(final Round round) {
    final Map<String, Long> failures = new TreeMap<>(round.account().outcomes());
    failures.remove("complete");
    return failures;
  }

  private String inWords(final Schedule.Slot slot, final PlannedCell cell) {
    return "block "
        + slot.block()
        + " of "
        + plan.configuration().rounds()
        + ", "
        + cell.target().name()
        + (plan.configuration().loads().size() > 1 ? ", " + cell.load().label() : "");
  }

  private Manifest annotated(final Manifest manifest) {
    Manifest annotated = manifest;
    for (final String reason : totals.stoppedTargets().values()) {
      annotated = annotated.withNote("Ended early: " + reason + ".");
    }
    return totals
        .budgetUsedUp()
        .map(reason -> "The run ended early: " + reason + ".")
        .map(annotated::withNote)
        .orElse(annotated);
  }

  private static String inWords(final Round round) {
    if (!round.usable()) {
      return "FAILED: " + round.message().orElse("");
    }
    final Map<String, Long> failures = failures(round);
    return round.account().started()
        + " streams"
        + (failures.isEmpty()
            ? ""
            : ", of which "
                + failures.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .collect(Collectors.joining(", ")));
  }

  private Manifest manifest(final String name, final long seed, final Path checkout) {
    final Machine machine = HostFacts.machine();
    final Map<String, String> versions = HostFacts.versions();
    final String suite = Optional.ofNullable(versions.remove("suite")).orElse("unknown");
    final Instant now = Instant.now();
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        name,
        now,
        Optional.empty(),
        clockAnchor(),
        seed,
        plan.configuration().rounds(),
        HostFacts.git(checkout),
        suite,
        machine,
        HostFacts.jvm(ForkOptions.list()),
        versions,
        new ObjectMapper().valueToTree(plan.redacted()),
        plan.simulated(),
        prices.fileDate(),
        plan.cells(machine.id()),
        plan.rounds(),
        Stream.of(plan.notes(), prices.notes()).flatMap(List::stream).toList(),
        plan.configuration().care().keep().map(keep -> Math.toIntExact(keep.toDays())),
        objectives(plan.configuration().objectives()),
        ComparisonPlan.of(plan));
  }

  private static Optional<Objectives> objectives(
      final dev.latencylens.harness.config.Objectives stated) {
    return stated.stated()
        ? Optional.of(new Objectives(nanos(stated.ttft()), nanos(stated.tpot()), stated.share()))
        : Optional.empty();
  }

  private static OptionalLong nanos(final Optional<Duration> duration) {
    return duration.map(Duration::toNanos).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private static ClockAnchor clockAnchor() {
    final Instant now = Instant.now();
    final long nanoTime = System.nanoTime();
    return new ClockAnchor(
        TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), nanoTime);
  }
}
