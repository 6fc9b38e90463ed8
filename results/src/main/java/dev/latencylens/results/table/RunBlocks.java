package dev.latencylens.results.table;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RoundFiles;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A run, block by block: what comparisons are paired on. Only rounds that are whole take part:
 * finished, each of their planned streams started, and all of them in the log.
 */
public final class RunBlocks {
  private final Manifest manifest;
  private final Map<String, SortedMap<Integer, CellBlock>> blocks;
  private final Map<String, SignedHistogram> instrumentErrors;
  private final List<String> warnings;

  private RunBlocks(
      Manifest manifest,
      Map<String, SortedMap<Integer, CellBlock>> blocks,
      Map<String, SignedHistogram> instrumentErrors,
      List<String> warnings) {
    this.manifest = manifest;
    this.blocks = blocks;
    this.instrumentErrors = instrumentErrors;
    this.warnings = warnings;
  }

  /**
   * Reads a run, in memory of eight bytes for each stream and metric.
   *
   * @param run the run directory
   * @param metrics the metrics that will be asked for
   * @return its whole rounds
   * @throws RunFormatException if the manifest can't be read
   * @throws IOException if the file system fails
   */
  public static RunBlocks read(RunDirectory run, Set<Metric> metrics) throws IOException {
    Manifest manifest = run.manifest();
    RoundFiles files = run.rounds();
    List<String> warnings = new ArrayList<>(files.warnings());
    Map<Integer, Round> usable = new HashMap<>();
    for (Round round : files.rounds()) {
      if (round.usable() && manifest.rounds().stream().anyMatch(plan -> plan.plans(round))) {
        usable.put(round.round(), round);
      }
    }
    Map<Integer, CellBlock> byRound = new HashMap<>();
    usable.keySet().forEach(number -> byRound.put(number, new CellBlock(metrics)));
    try (StreamLogReader streams = run.readStreams(List.copyOf(usable.values()))) {
      for (Optional<StreamLine> line = streams.next(); line.isPresent(); line = streams.next()) {
        CellBlock block = byRound.get(line.get().round());
        if (block != null) {
          block.add(line.get());
        }
      }
      warnings.addAll(streams.warnings());
    }
    Map<String, SortedMap<Integer, CellBlock>> blocks = new HashMap<>();
    Map<String, SignedHistogram> errors = new HashMap<>();
    for (Cell cell : manifest.cells()) {
      blocks.put(cell.id(), new TreeMap<>());
      errors.put(cell.id(), new SignedHistogram());
    }
    for (Round round : usable.values()) {
      CellBlock block = byRound.get(round.round());
      if (block != null && block.isWhole(round) && addHistograms(run, round, block, warnings)) {
        errors
            .computeIfAbsent(round.cell(), id -> new SignedHistogram())
            .add(block.instrumentError());
        blocks.computeIfAbsent(round.cell(), id -> new TreeMap<>()).put(round.block(), block);
      }
    }
    return new RunBlocks(manifest, blocks, errors, warnings);
  }

  private static boolean addHistograms(
      RunDirectory run, Round round, CellBlock block, List<String> warnings) throws IOException {
    try {
      Optional<HistogramLog> log = run.readHistograms(round);
      log.ifPresent(block::add);
      return log.isPresent();
    } catch (RunFormatException damaged) {
      warnings.add(
          "histograms/" + round.cell() + "/" + damaged.getMessage() + "; its block is left out");
      return false;
    }
  }

  /**
   * What ran.
   *
   * @return the run's manifest
   */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * What could not be used.
   *
   * @return one sentence each
   */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * The blocks in which all of some cells are whole.
   *
   * @param cells ids of the run's cells
   * @return their numbers, in order
   */
  public List<Integer> whole(List<String> cells) {
    SortedSet<Integer> common = new TreeSet<>();
    boolean first = true;
    for (String cell : cells) {
      Set<Integer> own = blocks.getOrDefault(cell, new TreeMap<>()).keySet();
      if (first) {
        common.addAll(own);
        first = false;
      } else {
        common.retainAll(own);
      }
    }
    return List.copyOf(common);
  }

  /**
   * The blocks that were planned for some cells.
   *
   * @param cells ids of the run's cells
   * @return how many there are
   */
  public int planned(List<String> cells) {
    Set<Integer> planned = new HashSet<>();
    for (PlannedRound round : manifest.rounds()) {
      if (cells.contains(round.cell())) {
        planned.add(round.block());
      }
    }
    return planned.size();
  }

  /**
   * What a cell's round of a block holds.
   *
   * @param cell the cell's id
   * @param block one of {@link #whole}
   * @return its readings
   * @throws IllegalArgumentException if that round is not whole
   */
  public CellBlock at(String cell, int block) {
    CellBlock found = blocks.getOrDefault(cell, new TreeMap<>()).get(block);
    if (found == null) {
      throw new IllegalArgumentException("block " + block + " of " + cell + " is not whole");
    }
    return found;
  }

  /**
   * The instrument's error over all whole rounds of a cell, however many events it was measured by:
   * a doubt must not go away because it was measured too seldom.
   *
   * @param cell the cell's id
   * @param quantile from 0 to 1
   * @return nanoseconds
   */
  public double instrumentErrorNanos(String cell, double quantile) {
    SignedHistogram errors = instrumentErrors.get(cell);
    return errors == null ? 0 : errors.valueAtQuantile(quantile);
  }
}
