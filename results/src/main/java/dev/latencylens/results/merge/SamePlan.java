package dev.latencylens.results.merge;

import dev.latencylens.results.audit.ConfigChanges;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.GitRevision;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.RunFormatException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether runs are of one plan: only then does the machine alone tell their cells apart. */
final class SamePlan {
  private static final int MOST_NAMES = 8;

  private final MergeSource first;
  private final MergeSource other;

  private SamePlan(MergeSource first, MergeSource other) {
    this.first = first;
    this.other = other;
  }

  /**
   * Makes sure that runs can be merged.
   *
   * @param sources the runs, two or more
   * @throws RunFormatException with the difference, if they can't
   */
  static void require(List<MergeSource> sources) throws RunFormatException {
    for (int i = 0; i < sources.size(); i++) {
      for (int j = 0; j < i; j++) {
        requireTwoRuns(sources.get(j), sources.get(i));
      }
    }
    for (MergeSource source : sources.subList(1, sources.size())) {
      SamePlan pair = new SamePlan(sources.get(0), source);
      pair.requireSameDefinitions();
      pair.requireSameConfiguration();
      pair.requireSameCells();
      pair.requireSameRequests();
    }
    for (int i = 0; i < sources.size(); i++) {
      for (int j = 0; j < i; j++) {
        requireTwoMachines(sources.get(j), sources.get(i));
      }
    }
  }

  /** A copy of a run has another path, but began at the same moment of the same clock. */
  private static void requireTwoRuns(MergeSource one, MergeSource two) throws RunFormatException {
    boolean same =
        one.manifest().started().equals(two.manifest().started())
            && one.manifest().clock().equals(two.manifest().clock());
    if (same) {
      throw new RunFormatException(
          one.run().path() + " and " + two.run().path() + " are the same run; name each once");
    }
  }

  private static void requireTwoMachines(MergeSource one, MergeSource two)
      throws RunFormatException {
    if (one.machine().equals(two.machine())) {
      throw new RunFormatException(
          one.run().path()
              + " and "
              + two.run().path()
              + " were both measured on the machine "
              + one.machine()
              + ", so that their cells could not be told apart; if these are two machines, name"
              + " them: --machine NAME once for each run, in the order of the runs");
    }
  }

  private void requireSameDefinitions() throws RunFormatException {
    Manifest one = first.manifest();
    Manifest two = other.manifest();
    if (one.schemaVersion() != two.schemaVersion()) {
      throw mixed("schema versions", one.schemaVersion() + " and " + two.schemaVersion());
    }
    if (!one.suiteVersion().equals(two.suiteVersion())) {
      throw mixed("definitions (suite version)", one.suiteVersion() + " and " + two.suiteVersion());
    }
    if (!one.git().equals(two.git())) {
      throw mixed("definitions (commit)", named(one.git()) + " and " + named(two.git()));
    }
    if (!one.packages().equals(two.packages())) {
      throw mixed("libraries", differing(one.packages(), two.packages()));
    }
  }

  private static String named(Optional<GitRevision> git) {
    return git.map(commit -> commit.revision() + (commit.dirty() ? ", changed" : ""))
        .orElse("unknown");
  }

  private static String differing(Map<String, String> one, Map<String, String> two) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(two.keySet());
    names.removeIf(name -> one.getOrDefault(name, "").equals(two.getOrDefault(name, "")));
    return String.join(", ", names);
  }

  private void requireSameConfiguration() throws RunFormatException {
    Manifest one = first.manifest();
    Manifest two = other.manifest();
    List<String> paths = ConfigChanges.between(one.configuration(), two.configuration());
    if (!paths.isEmpty()) {
      String shown = String.join(", ", paths.subList(0, Math.min(MOST_NAMES, paths.size())));
      throw mixed(
          "configurations",
          paths.size() > MOST_NAMES ? shown + " and " + (paths.size() - MOST_NAMES) : shown);
    }
    if (one.simulated() != two.simulated()) {
      throw mixed("targets", "one is of the simulator");
    }
    if (!one.objectives().equals(two.objectives())) {
      throw mixed("configurations", "objectives");
    }
    if (!one.priceFileDate().equals(two.priceFileDate())) {
      throw mixed("configurations", "the price file's date");
    }
    if (one.blocks() != two.blocks()) {
      throw mixed("configurations", "rounds");
    }
  }

  private void requireSameCells() throws RunFormatException {
    List<List<String>> one = first.cells();
    List<List<String>> two = other.cells();
    if (!one.equals(two)) {
      Set<List<String>> inOne = new HashSet<>(one);
      Set<List<String>> inTwo = new HashSet<>(two);
      String what =
          one.stream()
              .filter(cell -> !inTwo.contains(cell))
              .findFirst()
              .or(() -> two.stream().filter(cell -> !inOne.contains(cell)).findFirst())
              .map(
                  cell -> String.join(", ", cell.stream().filter(text -> !text.isEmpty()).toList()))
              .orElse("their order or number");
      throw mixed("cells", what);
    }
  }

  private void requireSameRequests() throws RunFormatException {
    Map<List<String>, PlannedRound> planned = rounds(first);
    for (Map.Entry<List<String>, PlannedRound> each : rounds(other).entrySet()) {
      Optional<PlannedRound> same = Optional.ofNullable(planned.get(each.getKey()));
      if (same.isPresent()) {
        requireSameHash(
            "workloads", same.get(), same.get().requestsSha256(), each.getValue().requestsSha256());
        requireSameHash(
            "schedules", same.get(), same.get().scheduleSha256(), each.getValue().scheduleSha256());
      }
    }
  }

  private void requireSameHash(
      String what, PlannedRound round, Optional<String> one, Optional<String> two)
      throws RunFormatException {
    if (one.isPresent() && two.isPresent() && !one.equals(two)) {
      throw mixed(
          what,
          "block "
              + round.block()
              + " of "
              + round.cell()
              + "; a seed of their own gives runs requests of their own, so set the same with --seed");
    }
  }

  /** The rounds by what their cell is, and by their block. */
  private static Map<List<String>, PlannedRound> rounds(MergeSource source) {
    Map<String, String> cells = new HashMap<>();
    for (Cell cell : source.manifest().cells()) {
      cells.put(cell.id(), String.join("\n", MergeSource.withoutMachine(cell)));
    }
    Map<List<String>, PlannedRound> rounds = new HashMap<>();
    for (PlannedRound round : source.manifest().rounds()) {
      String cell = cells.getOrDefault(round.cell(), round.cell());
      rounds.putIfAbsent(List.of(cell, Integer.toString(round.block())), round);
    }
    return rounds;
  }

  private RunFormatException mixed(String what, String difference) {
    return new RunFormatException(
        first.run().path()
            + " and "
            + other.run().path()
            + " are not of one plan: their "
            + what
            + " differ ("
            + difference
            + "); measure all machines with the same suite, configuration and seed");
  }
}
