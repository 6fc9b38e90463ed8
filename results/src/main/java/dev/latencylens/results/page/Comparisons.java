package dev.latencylens.results.page;

import dev.latencylens.results.compare.CellComparison;
import dev.latencylens.results.compare.ComparedQuantile;
import dev.latencylens.results.compare.ComparedTable;
import dev.latencylens.results.compare.PlannedComparison;
import dev.latencylens.results.compare.RowText;
import dev.latencylens.results.compare.Standing;
import dev.latencylens.results.run.PlannedComparisons;
import dev.latencylens.results.stats.verdict.PairedBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a run was planned to judge: each change with its bounds, beside the margin, as a forest. */
final class Comparisons implements Section {

  @Override
  public Optional<SectionContent> content(PageSource source) throws IOException {
    Optional<CellComparison> judged = PlannedComparison.of(source.run());
    Optional<PlannedComparisons> planned = source.summary().manifest().comparisons();
    if (judged.isEmpty() || planned.isEmpty()) {
      return Optional.empty();
    }
    List<ComparedQuantile> drawn = drawn(judged.get());
    List<String> lead = new ArrayList<>();
    lead.add(
        "Each mark is the candidate's quantile over the baseline's, paired by block; its line ends"
            + " at the 90% bounds. The shaded part is the margin: a change within it does not"
            + " matter. Right of it is slower.");
    pairs(drawn).forEach(pair -> lead.add(pair + "."));
    if (drawn.size() < judged.get().planned().size()) {
      lead.add(
          "Drawn are "
              + drawn.size()
              + " of "
              + judged.get().planned().size()
              + " comparisons: the first that could be paired.");
    }
    lead.addAll(judged.get().notes());
    List<TableContent> tables = new ArrayList<>();
    ComparedTable.verdicts(judged.get()).map(Comparisons::open).ifPresent(tables::add);
    ComparedTable.failures(judged.get()).map(Comparisons::open).ifPresent(tables::add);
    return Optional.of(
        new SectionContent(
            "verdicts",
            "Verdicts",
            lead,
            drawn.isEmpty() ? Optional.empty() : Optional.of(plot(drawn, planned.get().margins())),
            tables));
  }

  /** What can be drawn: of one block there are no bounds, and of a damaged run no numbers. */
  private static List<ComparedQuantile> drawn(CellComparison judged) {
    return judged.planned().stream()
        .filter(row -> row.change().filter(Comparisons::finite).isPresent())
        .limit(PageSource.MOST_DRAWN)
        .toList();
  }

  private static boolean finite(PairedBlocks.Effect change) {
    return change.low() > 0 && change.ratio() > 0 && Double.isFinite(change.high());
  }

  private static Set<String> pairs(List<ComparedQuantile> drawn) {
    Set<String> pairs = new LinkedHashSet<>();
    drawn.forEach(row -> pairs.add(ids(row) + ": " + RowText.cells(row)));
    return pairs;
  }

  private static String ids(ComparedQuantile row) {
    return row.baseline().id() + " to " + row.candidate().id();
  }

  private static Plot plot(List<ComparedQuantile> drawn, Map<String, Double> margins) {
    Set<Standing> standings = EnumSet.noneOf(Standing.class);
    drawn.forEach(row -> standings.add(row.standing()));
    boolean onePair = pairs(drawn).size() == 1;
    List<Plot.Change> changes = new ArrayList<>();
    for (ComparedQuantile row : drawn) {
      PairedBlocks.Effect change = row.change().orElseThrow();
      changes.add(
          new Plot.Change(
              onePair ? row.statistic() : row.statistic() + ", " + ids(row),
              RowText.cells(row),
              row.standing().label(),
              RowText.standing(row),
              RowText.change(row),
              List.of(change.low(), change.ratio(), change.high()),
              margins.getOrDefault(row.quantile().label(), 0.0)));
    }
    return new Plot.Forest(standings.stream().map(Standing::label).toList(), changes);
  }

  private static TableContent open(ComparedTable table) {
    return new TableContent(
        table.title(), true, table.textColumns(), table.columns(), table.rows(), List.of());
  }
}
