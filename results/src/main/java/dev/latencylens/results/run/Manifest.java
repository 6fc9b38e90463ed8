package dev.latencylens.results.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What ran, where and how: enough to run it again. Written before the first round and once more
 * when the run is over. Immutable.
 *
 * @param schemaVersion the format's version, {@link #SCHEMA_VERSION}
 * @param name the run's name
 * @param started when the run began
 * @param finished when it was over; empty while it runs, and for ever if it was killed
 * @param clock both clocks at one moment
 * @param seed the seed of the rounds' order and of the workload
 * @param blocks how many blocks were planned
 * @param git the source it was built from, where known
 * @param suiteVersion the version of this suite
 * @param machine where it ran
 * @param jvm the measuring virtual machine
 * @param packages versions of the libraries that take part, by name
 * @param configuration the effective configuration, already redacted by the caller
 * @param simulated whether all targets are the simulator
 * @param priceFileDate the date of the price file, where one was used
 * @param cells the cells, in the order of the tables' rows
 * @param rounds the plan, in the order of running
 * @param notes what else a reader of the tables should know, one sentence each
 * @param keepDays how many days after its start the run is to be kept, where the configuration says
 *     so; 1 or more
 * @param objectives what a stream has to meet to count in goodput, where stated
 * @param comparisons what the run is to compare, where that was planned
 */
public record Manifest(
    int schemaVersion,
    String name,
    Instant started,
    Optional<Instant> finished,
    ClockAnchor clock,
    long seed,
    int blocks,
    Optional<GitRevision> git,
    String suiteVersion,
    Machine machine,
    Jvm jvm,
    Map<String, String> packages,
    JsonNode configuration,
    boolean simulated,
    Optional<LocalDate> priceFileDate,
    List<Cell> cells,
    List<PlannedRound> rounds,
    List<String> notes,
    Optional<Integer> keepDays,
    Optional<Objectives> objectives,
    Optional<PlannedComparisons> comparisons) {

  /** The version of the format that this class writes. */
  public static final int SCHEMA_VERSION = 1;

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if two cells share an id, two rounds a number, or a round
   *     names no cell, or it is to be kept for less than a day
   */
  public Manifest {
    packages = Collections.unmodifiableMap(new TreeMap<>(packages));
    cells = List.copyOf(cells);
    rounds = List.copyOf(rounds);
    notes = List.copyOf(notes);
    List<String> ids = cells.stream().map(Cell::id).toList();
    if (ids.stream().distinct().count() != ids.size()) {
      throw new IllegalArgumentException("two cells have the same id");
    }
    if (rounds.stream().mapToInt(PlannedRound::round).distinct().count() != rounds.size()) {
      throw new IllegalArgumentException("two rounds have the same number");
    }
    for (PlannedRound round : rounds) {
      if (!ids.contains(round.cell())) {
        throw new IllegalArgumentException("round " + round.round() + " names an unknown cell");
      }
    }
    for (PlannedComparisons.Pair pair :
        comparisons.map(PlannedComparisons::pairs).orElseGet(List::of)) {
      if (!ids.contains(pair.baseline()) || !ids.contains(pair.candidate())) {
        throw new IllegalArgumentException("a comparison names an unknown cell");
      }
    }
    if (keepDays.isPresent() && keepDays.get() < 1) {
      throw new IllegalArgumentException("a run is kept for a day at least");
    }
  }

  /** A manifest of a run that is kept until somebody erases it. */
  public Manifest(
      int schemaVersion,
      String name,
      Instant started,
      Optional<Instant> finished,
      ClockAnchor clock,
      long seed,
      int blocks,
      Optional<GitRevision> git,
      String suiteVersion,
      Machine machine,
      Jvm jvm,
      Map<String, String> packages,
      JsonNode configuration,
      boolean simulated,
      Optional<LocalDate> priceFileDate,
      List<Cell> cells,
      List<PlannedRound> rounds,
      List<String> notes) {
    this(
        schemaVersion,
        name,
        started,
        finished,
        clock,
        seed,
        blocks,
        git,
        suiteVersion,
        machine,
        jvm,
        packages,
        configuration,
        simulated,
        priceFileDate,
        cells,
        rounds,
        notes,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * When the run is due to be erased: {@link #keepDays()} after it started, as a run that was
   * killed has no other date.
   *
   * @return the moment, or empty for a run that is kept until somebody erases it
   */
  public Optional<Instant> keepUntil() {
    return keepDays.map(days -> started.plus(Duration.ofDays(days)));
  }

  /**
   * This manifest of a run that is over.
   *
   * @param when when it was over
   * @return a copy with {@link #finished()} set
   */
  public Manifest finishedAt(Instant when) {
    return copy(Optional.of(when), configuration, cells, rounds, notes, keepDays, comparisons);
  }

  /**
   * This manifest with one more note.
   *
   * @param note one sentence for the readers of the tables
   * @return a copy that ends with the note
   */
  public Manifest withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return copy(finished, configuration, cells, rounds, more, keepDays, comparisons);
  }

  /**
   * This manifest with a term after which the run is due to be erased.
   *
   * @param days days from the start, 1 or more; empty to keep it until somebody erases it
   * @return a copy with {@link #keepDays()} set
   */
  public Manifest withKeepDays(Optional<Integer> days) {
    return copy(finished, configuration, cells, rounds, notes, days, comparisons);
  }

  /** This manifest with fewer cells and rounds, and a configuration that goes with them. */
  Manifest reducedTo(List<Cell> fewer, List<PlannedRound> fewerRounds, JsonNode reduced) {
    Set<String> ids = fewer.stream().map(Cell::id).collect(Collectors.toSet());
    return copy(
        finished,
        reduced,
        fewer,
        fewerRounds,
        notes,
        keepDays,
        comparisons.flatMap(planned -> planned.among(ids)));
  }

  private Manifest copy(
      Optional<Instant> newFinished,
      JsonNode newConfiguration,
      List<Cell> newCells,
      List<PlannedRound> newRounds,
      List<String> newNotes,
      Optional<Integer> newKeepDays,
      Optional<PlannedComparisons> newComparisons) {
    return new Manifest(
        schemaVersion,
        name,
        started,
        newFinished,
        clock,
        seed,
        blocks,
        git,
        suiteVersion,
        machine,
        jvm,
        packages,
        newConfiguration,
        simulated,
        priceFileDate,
        newCells,
        newRounds,
        newNotes,
        newKeepDays,
        objectives,
        newComparisons);
  }
}
