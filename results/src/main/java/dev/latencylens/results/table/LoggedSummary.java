package dev.latencylens.results.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.ForkScores;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.JmhForks;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sums a run up from {@code jmh.json} and the histogram logs alone, with the manifest for the names
 * of its cells: neither {@code rounds/} nor {@code streams.jsonl} is read. Figures agree with those
 * of {@link Summary#read(RunDirectory)} within the histograms' three digits.
 */
public final class LoggedSummary {
  private static final String ENDS_OF_FAILED =
      "e2e and response_e2e of cells with failed streams, which earlier versions did not tell apart";

  private static final String CENSORED =
      "ttft, ttfat and response_ttft of cells with timeouts, whose limits earlier versions did not"
          + " keep there";

  private static final String EXTRAS =
      "token counts, costs, coalesced, start_error and throughput_tps, which earlier versions did"
          + " not keep there";

  /** The metric of which each started stream has a value. */
  private static final String STARTED = "total";

  private static final String BROKEN_OFF = "the requests of rounds that broke off or were not run";

  private static final String GOODPUT = "goodput";

  private final RunDirectory directory;
  private final Manifest manifest;
  private final List<String> warnings = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final List<Round> used = new ArrayList<>();

  private LoggedSummary(RunDirectory directory, Manifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Reads the files.
   *
   * @param directory the run
   * @return the summary; a note of its manifest says what it is made from, and what these files
   *     don't hold
   * @throws RunFormatException if the run has no {@code jmh.json}, or that is damaged
   * @throws IOException if the file system fails
   */
  public static Summary read(RunDirectory directory) throws IOException {
    return new LoggedSummary(directory, directory.manifest()).summary();
  }

  private Summary summary() throws IOException {
    Map<String, List<ForkScores>> forks =
        JmhForks.byCell(
            directory
                .readJmh()
                .orElseThrow(
                    () ->
                        new RunFormatException(
                            directory.path()
                                + " has no jmh.json; make its tables from the streams, without"
                                + " --from")));
    List<SummaryRow> rows = new ArrayList<>();
    for (Cell cell : manifest.cells()) {
      rows.add(row(cell, forks.getOrDefault(cell.id(), List.of())));
    }
    if (manifest.objectives().isPresent()) {
      missing.add(GOODPUT);
    }
    if (used.size() < manifest.rounds().size()) {
      missing.add(BROKEN_OFF);
    }
    used.sort(Comparator.comparingInt(Round::round));
    Summary summary =
        new Summary(manifest.withNote(note()), rows, List.of(), warnings, ClientReading.of(used));
    return ModelMatrix.of(rows).isPresent()
        ? summary.withLeaders(
            new Leaders(
                Set.of(),
                List.of(
                    "No best of a column is marked: that takes each block's streams, which these"
                        + " files don't hold.")))
        : summary;
  }

  private String note() {
    return "Made from jmh.json and histograms/ alone. Figures are known to the histograms' three"
        + " digits"
        + (missing.isEmpty() ? "." : "; not in these files: " + String.join("; ", missing) + ".");
  }

  private SummaryRow row(Cell cell, List<ForkScores> forks) throws IOException {
    List<PlannedRound> planned =
        manifest.rounds().stream().filter(round -> round.cell().equals(cell.id())).toList();
    List<Round> rounds = new ArrayList<>();
    List<LoggedRound> logged = new ArrayList<>();
    for (Matched matched : matched(cell, planned, forks)) {
      rounds.add(matched.round());
      logged.add(LoggedRound.of(matched.log(), matched.round().account()));
    }
    used.addAll(rounds);
    boolean whole = logged.stream().allMatch(LoggedRound::whole);
    CellReadings readings = new CellReadings(Optional.empty());
    for (int i = 0; i < logged.size(); i++) {
      // Of a merged run some logs may be older: half of a cell's tokens would mislead.
      LoggedRound round = whole ? logged.get(i) : logged.get(i).plain();
      readings.add(rounds.get(i).round(), round);
      tellMissing(round);
    }
    return new SummaryRow(cell, rounds, planned.size(), readings);
  }

  private void tellMissing(LoggedRound round) {
    if (!round.whole()) {
      missing.add(EXTRAS);
    }
    if (round.unknown().contains(Metric.E2E)) {
      missing.add(ENDS_OF_FAILED);
    }
    if (round.unknown().contains(Metric.TTFT)) {
      missing.add(CENSORED);
    }
  }

  /** A fork of JMH's result and the log of the same round. */
  private record Matched(Round round, HistogramLog log) {}

  /**
   * Both files tell in their own way how many streams a round had, and both are in the order of the
   * plan: by that a round that only one of them holds is found.
   */
  private List<Matched> matched(Cell cell, List<PlannedRound> planned, List<ForkScores> forks)
      throws IOException {
    List<PlannedRound> logged = new ArrayList<>();
    for (PlannedRound round : planned) {
      if (directory.hasHistograms(round.cell(), round.round())) {
        logged.add(round);
      }
    }
    List<Matched> matched = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    boolean pairwise = forks.size() == logged.size();
    int from = 0;
    for (int fork = 0; fork < forks.size(); fork++) {
      int first = pairwise ? fork : from;
      int last = pairwise ? fork : logged.size() - 1;
      for (int i = first; i <= last; i++) {
        Optional<HistogramLog> log = log(logged.get(i));
        if (log.isPresent() && isOf(forks.get(fork), log.get())) {
          matched.add(new Matched(round(logged.get(i), forks.get(fork), log.get()), log.get()));
          taken.add(i);
          from = i + 1;
          break;
        }
      }
    }
    warn(cell, forks.size() - taken.size(), logged, taken);
    return matched;
  }

  private static boolean isOf(ForkScores fork, HistogramLog log) {
    return log.count(STARTED) == fork.account().started()
        && LoggedRound.of(log, fork.account()).fits();
  }

  private Optional<HistogramLog> log(PlannedRound round) throws IOException {
    try {
      return directory.readHistograms(round.cell(), round.round());
    } catch (RunFormatException e) {
      String warning = "histograms/" + round.cell() + "/" + e.getMessage();
      if (!warnings.contains(warning)) {
        warnings.add(warning);
      }
      return Optional.empty();
    }
  }

  private void warn(Cell cell, int forksLeft, List<PlannedRound> logged, Set<Integer> taken) {
    if (forksLeft > 0) {
      warnings.add(
          "jmh.json: left out "
              + forksLeft
              + (forksLeft == 1 ? " round of " : " rounds of ")
              + cell.id()
              + ", of which no whole histogram log has as many streams");
    }
    for (int i = 0; i < logged.size(); i++) {
      if (!taken.contains(i)) {
        warnings.add(
            "histograms/"
                + cell.id()
                + ": round "
                + logged.get(i).round()
                + " is left out: jmh.json has no such round, or the log is damaged");
      }
    }
  }

  private static Round round(PlannedRound planned, ForkScores fork, HistogramLog log) {
    return new Round(
        planned.round(),
        planned.block(),
        planned.cell(),
        log.started(),
        log.finished(),
        Round.Status.FINISHED,
        Optional.empty(),
        JsonNodeFactory.instance.arrayNode(),
        fork.health(),
        fork.instrument(),
        fork.account(),
        fork.load());
  }
}
