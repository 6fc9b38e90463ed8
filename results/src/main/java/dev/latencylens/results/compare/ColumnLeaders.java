package dev.latencylens.results.compare;

import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.stats.verdict.Power;
import dev.latencylens.results.table.Leaders;
import dev.latencylens.results.table.Marks;
import dev.latencylens.results.table.ModelMatrix;
import dev.latencylens.results.table.ModelMatrix.Contest;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SummaryRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds which cell is the best of its column in the {@link ModelMatrix}. The least figure alone is
 * not: it must be told from each other one of its column, by {@link SeparatedPairs}.
 */
public final class ColumnLeaders {
  private ColumnLeaders() {}

  /**
   * Marks the leaders of a run. Reads its streams once more, unless too few blocks were planned for
   * anything to be marked.
   *
   * @param directory the run
   * @param summary the same, summed up
   * @return the summary with its {@link Leaders}; as it was where it has no matrix
   * @throws IOException if the file system fails
   */
  public static Summary marked(RunDirectory directory, Summary summary) throws IOException {
    Optional<ModelMatrix> matrix = ModelMatrix.of(summary.rows());
    return matrix.isEmpty()
        ? summary
        : summary.withLeaders(leaders(directory, summary, matrix.get().contests()));
  }

  private static Leaders leaders(RunDirectory directory, Summary summary, List<Contest> contests)
      throws IOException {
    if (contests.isEmpty()) {
      return new Leaders(
          Set.of(), List.of("No best of a column is marked: no column has two models to compare."));
    }
    Map<String, List<String>> unmarked = new LinkedHashMap<>();
    Map<Contest, SummaryRow> least = new LinkedHashMap<>();
    for (Contest contest : contests) {
      Optional<SummaryRow> found = least(contest);
      if (found.isPresent()) {
        least.put(contest, found.get());
      } else {
        why(unmarked, "a figure is missing, or two are the same", contest);
      }
    }
    int pairs = contests.stream().mapToInt(ColumnLeaders::pairs).sum();
    SeparatedPairs separated = SeparatedPairs.of(directory, summary.manifest(), least, pairs);
    Set<String> cells = new HashSet<>();
    boolean planned = false;
    boolean explored = false;
    for (Map.Entry<Contest, SummaryRow> each : least.entrySet()) {
      Optional<String> doubt = Optional.empty();
      for (SummaryRow other : each.getKey().cells()) {
        if (other != each.getValue() && doubt.isEmpty()) {
          doubt = separated.doubt(each.getValue().cell(), other.cell());
        }
      }
      if (doubt.isPresent()) {
        why(unmarked, doubt.get(), each.getKey());
      } else {
        cells.add(each.getValue().cell().id());
        for (SummaryRow other : each.getKey().cells()) {
          boolean wasPlanned = separated.planned(each.getValue().cell(), other.cell());
          planned |= wasPlanned;
          explored |= other != each.getValue() && !wasPlanned;
        }
      }
    }
    return new Leaders(cells, notes(planned, explored, pairs, unmarked));
  }

  /** The cell of the least figure, where each is known or is only known to be larger. */
  private static Optional<SummaryRow> least(Contest contest) {
    Optional<SummaryRow> least = Optional.empty();
    double value = Double.POSITIVE_INFINITY;
    boolean tied = false;
    for (SummaryRow row : contest.cells()) {
      Statistic figure = row.statistic(ModelMatrix.METRIC, ModelMatrix.PERCENTILE);
      if (figure instanceof Statistic.Value known) {
        tied = known.value() == value || (tied && known.value() > value);
        if (known.value() < value) {
          value = known.value();
          least = Optional.of(row);
        }
      } else if (!(figure instanceof Statistic.Censored)) {
        return Optional.empty();
      }
    }
    return tied ? Optional.empty() : least;
  }

  private static int pairs(Contest contest) {
    return contest.cells().size() * (contest.cells().size() - 1) / 2;
  }

  private static void why(Map<String, List<String>> unmarked, String reason, Contest contest) {
    unmarked.computeIfAbsent(reason, same -> new ArrayList<>()).add(contest.name());
  }

  private static List<String> notes(
      boolean planned, boolean explored, int pairs, Map<String, List<String>> unmarked) {
    List<String> notes = new ArrayList<>();
    if (planned) {
      notes.add(
          Marks.BEST
              + ": the least ttft p50 of its column, by the verdicts on what the run planned to"
              + " compare; scripts/compare shows them.");
    }
    if (explored) {
      notes.add(
          Marks.BEST
              + ": the least ttft p50 of its column, which the exact sign-flip over paired blocks"
              + " tells from each other one there: two-sided p < "
              + Power.LEVEL
              + ", adjusted by Holm over "
              + (pairs == 1 ? "the one pair" : "all " + pairs + " pairs")
              + " within columns. Nobody planned that before the run, so it is no verdict.");
    }
    unmarked.forEach(
        (reason, columns) ->
            notes.add(
                "No best is marked in "
                    + String.join(", ", columns.stream().distinct().toList())
                    + ": "
                    + reason
                    + "."));
    return notes;
  }
}
