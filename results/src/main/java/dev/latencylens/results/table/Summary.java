package dev.latencylens.results.table;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RoundFiles;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run, summed up: one row for each cell, in the manifest's order, made of the rounds that are
 * finished.
 *
 * @param manifest what ran
 * @param rows the cells
 * @param failedRounds the rounds that broke off or were skipped
 * @param warnings what could not be used, one sentence each
 * @param client how the client fared meanwhile
 * @param leaders which cells lead their column of the {@link ModelMatrix}
 */
public record Summary(
    Manifest manifest,
    List<SummaryRow> rows,
    List<Round> failedRounds,
    List<String> warnings,
    ClientReading client,
    Leaders leaders) {

  /** Copies the lists. */
  public Summary {
    rows = List.copyOf(rows);
    failedRounds = List.copyOf(failedRounds);
    warnings = List.copyOf(warnings);
  }

  /** A run of which nobody looked for leaders. */
  Summary(
      Manifest manifest,
      List<SummaryRow> rows,
      List<Round> failedRounds,
      List<String> warnings,
      ClientReading client) {
    this(manifest, rows, failedRounds, warnings, client, Leaders.NONE);
  }

  /**
   * This summary with its leaders.
   *
   * @param found the cells, and what is to be said of them
   * @return a copy
   */
  public Summary withLeaders(Leaders found) {
    return new Summary(manifest, rows, failedRounds, warnings, client, found);
  }

  /**
   * Reads a run, in memory of eight bytes for each stream and metric.
   *
   * @param run the run directory
   * @return the summary
   * @throws RunFormatException if the manifest can't be read
   * @throws IOException if the file system fails
   */
  public static Summary read(RunDirectory run) throws IOException {
    return read(run, run.manifest());
  }

  /**
   * Reads a run under another manifest than its own: one that tells less of where it ran, for
   * others to read.
   *
   * @param run the run directory
   * @param manifest the manifest, whose cells and rounds are numbered as those of the run
   * @return the summary
   * @throws IOException if the file system fails
   */
  public static Summary read(RunDirectory run, Manifest manifest) throws IOException {
    RoundFiles files = run.rounds();
    List<String> warnings = new ArrayList<>(files.warnings());
    Map<String, CellReadings> readings = new LinkedHashMap<>();
    manifest
        .cells()
        .forEach(cell -> readings.put(cell.id(), new CellReadings(manifest.objectives())));
    List<Round> usable = new ArrayList<>();
    List<Round> failed = new ArrayList<>();
    for (Round round : files.rounds()) {
      if (manifest.rounds().stream().noneMatch(planned -> planned.plans(round))) {
        warnings.add("round " + round.round() + " is left out: the manifest does not plan it");
      } else if (round.usable()) {
        usable.add(round);
      } else {
        failed.add(round);
      }
    }
    readStreams(run, usable, readings, warnings);
    readHistograms(run, usable, readings, warnings);
    checkJmh(run, warnings);
    List<SummaryRow> rows = new ArrayList<>();
    for (Cell cell : manifest.cells()) {
      List<Round> over =
          Stream.concat(usable.stream(), failed.stream())
              .filter(round -> round.cell().equals(cell.id()))
              .toList();
      int planned =
          (int) manifest.rounds().stream().filter(r -> r.cell().equals(cell.id())).count();
      rows.add(new SummaryRow(cell, over, planned, of(readings, cell.id())));
    }
    return new Summary(manifest, rows, failed, warnings, ClientReading.of(usable));
  }

  private static void readStreams(
      RunDirectory run,
      List<Round> usable,
      Map<String, CellReadings> readings,
      List<String> warnings)
      throws IOException {
    Map<Integer, Long> linesByRound = new HashMap<>();
    try (StreamLogReader streams = run.readStreams(usable)) {
      for (Optional<StreamLine> line = streams.next(); line.isPresent(); line = streams.next()) {
        of(readings, line.get().cell()).add(line.get());
        linesByRound.merge(line.get().round(), 1L, Long::sum);
      }
      warnings.addAll(streams.warnings());
    }
    for (Round round : usable) {
      if (!round.account().balances()) {
        warnings.add("round " + round.round() + " lost count of its requests: " + round.account());
      }
      long accounted =
          round.account().outcomes().values().stream().mapToLong(Long::longValue).sum();
      long read = linesByRound.getOrDefault(round.round(), 0L);
      if (accounted != read) {
        warnings.add(
            "round "
                + round.round()
                + " accounts for "
                + accounted
                + " streams, but the log of streams has "
                + read);
      }
    }
  }

  private static void readHistograms(
      RunDirectory run,
      List<Round> usable,
      Map<String, CellReadings> readings,
      List<String> warnings)
      throws IOException {
    for (Round round : usable) {
      try {
        Optional<HistogramLog> log = run.readHistograms(round);
        log.ifPresent(of(readings, round.cell())::add);
        if (log.isEmpty()) {
          warnings.add(
              "round " + round.round() + " has no histograms: its gaps are missing in the tables");
        }
      } catch (RunFormatException e) {
        warnings.add(
            "histograms/"
                + round.cell()
                + "/"
                + e.getMessage()
                + "; its gaps are missing in the tables");
      }
    }
  }

  /** No table is made of it, but whoever keeps the run must learn of it. */
  private static void checkJmh(RunDirectory run, List<String> warnings) throws IOException {
    try {
      run.readJmh();
    } catch (RunFormatException e) {
      warnings.add(e.getMessage() + "; the tables don't need it, viewers of JMH's results do");
    }
  }

  private static CellReadings of(Map<String, CellReadings> readings, String cell) {
    return readings.computeIfAbsent(cell, id -> new CellReadings(Optional.empty()));
  }

  /**
   * The rounds that the rows are made of.
   *
   * @return in the order of their numbers
   */
  public List<Round> usedRounds() {
    return client.rounds();
  }

  /**
   * How many rounds the rows are made of.
   *
   * @return 0 or more
   */
  public int finishedRounds() {
    return rows.stream().mapToInt(SummaryRow::finishedRounds).sum();
  }

  /**
   * Whether something in the run went wrong: a stream that is not complete, a round that is missing
   * or broke off, or data that can't be read.
   *
   * @return true if so
   */
  public boolean somethingFailed() {
    return !failedRounds.isEmpty()
        || !warnings.isEmpty()
        || finishedRounds() < manifest.rounds().size()
        || rows.stream().anyMatch(row -> row.errors() > 0 || row.streams() == 0);
  }
}
