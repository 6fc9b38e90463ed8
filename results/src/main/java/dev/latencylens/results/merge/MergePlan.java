package dev.latencylens.results.merge;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Machine;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedComparisons;
import dev.latencylens.results.run.PlannedRound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the merged run will be: its manifest, and under which numbers the rounds of each source
 * stand in it. Blocks keep their numbers, as each machine ran its own; cells stand together that
 * differ in the machine alone.
 */
final class MergePlan {
  private final List<MergeSource> sources;
  private final List<Cell> cells = new ArrayList<>();
  private final List<PlannedRound> rounds = new ArrayList<>();
  private final Map<MergeSource, Map<Integer, PlannedRound>> newRounds = new HashMap<>();
  private final Map<MergeSource, Map<String, String>> newCells = new HashMap<>();

  private MergePlan(List<MergeSource> sources) {
    this.sources = sources;
  }

  /** Plans the merging of runs of one plan. */
  static MergePlan of(List<MergeSource> sources) {
    MergePlan plan = new MergePlan(List.copyOf(sources));
    plan.numberCells();
    plan.numberRounds();
    return plan;
  }

  private void numberCells() {
    sources.forEach(source -> newCells.put(source, new HashMap<>()));
    for (int i = 0; i < sources.get(0).manifest().cells().size(); i++) {
      for (MergeSource source : sources) {
        Cell cell = source.manifest().cells().get(i);
        String id = Cell.idAt(cells.size());
        cells.add(cell.on(id, source.machine()));
        cellsOf(source).put(cell.id(), id);
      }
    }
  }

  private void numberRounds() {
    for (MergeSource source : sources) {
      Map<Integer, PlannedRound> numbered = new HashMap<>();
      for (PlannedRound round : source.manifest().rounds()) {
        PlannedRound moved =
            new PlannedRound(
                rounds.size() + 1,
                round.block(),
                cellsOf(source).getOrDefault(round.cell(), round.cell()),
                round.requestsSha256(),
                round.scheduleSha256());
        rounds.add(moved);
        numbered.put(round.round(), moved);
      }
      newRounds.put(source, numbered);
    }
  }

  private Map<String, String> cellsOf(MergeSource source) {
    return newCells.getOrDefault(source, new HashMap<>());
  }

  /** The cell under its new id; empty if the source's manifest has none of that id. */
  Optional<String> cell(MergeSource source, String id) {
    return Optional.ofNullable(cellsOf(source).get(id));
  }

  /** A round under its new number; empty if the source's manifest does not plan it. */
  Optional<PlannedRound> round(MergeSource source, int number) {
    return Optional.ofNullable(newRounds.getOrDefault(source, Map.of()).get(number));
  }

  /** The manifest of the merged run. */
  Manifest manifest() {
    Manifest first = sources.get(0).manifest();
    return new Manifest(
        first.schemaVersion(),
        same(Manifest::name) ? first.name() : "merged",
        all(Manifest::started).min(Instant::compareTo).orElseThrow(),
        finished(),
        first.clock(),
        first.seed(),
        first.blocks(),
        first.git(),
        first.suiteVersion(),
        machine(),
        first.jvm(),
        first.packages(),
        first.configuration(),
        first.simulated(),
        first.priceFileDate(),
        cells,
        rounds,
        notes(),
        all(Manifest::keepDays).flatMap(Optional::stream).min(Integer::compareTo),
        first.objectives(),
        comparisons(first));
  }

  /** Cells were compared with cells of their own machine, and still are. */
  private Optional<PlannedComparisons> comparisons(Manifest first) {
    List<PlannedComparisons.Pair> pairs = new ArrayList<>();
    for (MergeSource source : sources) {
      for (PlannedComparisons.Pair pair :
          source.manifest().comparisons().map(PlannedComparisons::pairs).orElseGet(List::of)) {
        cell(source, pair.baseline())
            .ifPresent(
                baseline ->
                    cell(source, pair.candidate())
                        .map(candidate -> new PlannedComparisons.Pair(baseline, candidate))
                        .ifPresent(pairs::add));
      }
    }
    return first
        .comparisons()
        .filter(planned -> !pairs.isEmpty())
        .map(planned -> new PlannedComparisons(planned.metrics(), planned.margins(), pairs));
  }

  private <T> Stream<T> all(Function<Manifest, T> part) {
    return sources.stream().map(MergeSource::manifest).map(part);
  }

  private boolean same(Function<Manifest, ?> part) {
    return all(part).distinct().count() == 1;
  }

  /** A run that was killed has no end, and so has what it is a part of. */
  private Optional<Instant> finished() {
    return all(Manifest::finished).allMatch(Optional::isPresent)
        ? all(Manifest::finished).flatMap(Optional::stream).max(Instant::compareTo)
        : Optional.empty();
  }

  private Machine machine() {
    List<Machine> machines = all(Manifest::machine).toList();
    return new Machine(
        String.join(" + ", sources.stream().map(MergeSource::machine).toList()),
        joined(machines, Machine::os),
        joined(machines, Machine::kernel),
        joined(machines, Machine::cpu),
        machines.stream().mapToInt(Machine::cores).min().orElse(0),
        machines.stream().mapToLong(Machine::memoryBytes).min().orElse(0),
        joined(machines, Machine::frequencyGovernor));
  }

  private static String joined(List<Machine> machines, Function<Machine, String> part) {
    return machines.stream().map(part).distinct().collect(Collectors.joining(" / "));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Merged from "
            + sources.size()
            + " runs of one plan. The machines did not measure side by side: a difference between"
            + " machines holds what drifted between them, and is no verdict. Cores and memory above"
            + " are the smallest of them.");
    for (MergeSource source : sources) {
      Machine machine = source.manifest().machine();
      notes.add(
          source.machine()
              + ": started "
              + source.manifest().started()
              + ", seed "
              + source.manifest().seed()
              + ", "
              + machine.cpu()
              + ", "
              + machine.cores()
              + " cores, "
              + machine.os()
              + ", kernel "
              + machine.kernel()
              + ", Java "
              + source.manifest().jvm().version()
              + ", "
              + source.manifest().jvm().gc()
              + ".");
    }
    notes.addAll(inherited());
    return notes;
  }

  /** What all runs say is said once; what one says, with its machine. */
  private Set<String> inherited() {
    Set<String> inherited = new LinkedHashSet<>();
    for (MergeSource source : sources) {
      for (String note : source.manifest().notes()) {
        boolean ofAll = all(Manifest::notes).allMatch(notes -> notes.contains(note));
        inherited.add(ofAll ? note : source.machine() + ": " + note);
      }
    }
    return inherited;
  }
}
