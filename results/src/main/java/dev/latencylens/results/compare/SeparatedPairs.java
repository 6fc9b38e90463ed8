package dev.latencylens.results.compare;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedComparisons;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.stats.verdict.Adjustment;
import dev.latencylens.results.stats.verdict.BlockPairing;
import dev.latencylens.results.stats.verdict.FailureComparison;
import dev.latencylens.results.stats.verdict.Power;
import dev.latencylens.results.table.ModelMatrix;
import dev.latencylens.results.table.ModelMatrix.Contest;
import dev.latencylens.results.table.RunBlocks;
import dev.latencylens.results.table.SummaryRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the least figure of a column can be told from the others there. Where the run planned to
 * compare two cells, its verdict on them decides, and nothing else. Of other pairs the exact
 * sign-flip over their blocks does, two-sided, adjusted by Holm over all pairs within columns:
 * which cell has the least figure is seen only after the run, so any pair could have come to be
 * tested.
 */
final class SeparatedPairs {
  private static final JudgedQuantile QUANTILE = JudgedQuantile.P50;

  /** More than these no number of blocks carries; the adjustment then finds nothing. */
  private static final int MOST_TESTS = 50_000;

  /** Two cells, the one with the lesser figure first. */
  private record Pair(String least, String other) {}

  private final Map<Pair, String> doubts = new HashMap<>();
  private final Set<Pair> planned = new HashSet<>();

  private SeparatedPairs() {}

  /**
   * Looks at the pairs of each column's least cell with its others.
   *
   * @param least the least cell of each contest
   * @param family how many pairs there are within contests, tested or not
   */
  static SeparatedPairs of(
      RunDirectory directory, Manifest manifest, Map<Contest, SummaryRow> least, int family)
      throws IOException {
    SeparatedPairs separated = new SeparatedPairs();
    List<Pair> unplanned = new ArrayList<>();
    Map<String, Cell> cells = new HashMap<>();
    for (Map.Entry<Contest, SummaryRow> each : least.entrySet()) {
      Cell best = each.getValue().cell();
      cells.put(best.id(), best);
      for (SummaryRow row : each.getKey().cells()) {
        if (row != each.getValue()) {
          cells.put(row.cell().id(), row.cell());
          Pair pair = new Pair(best.id(), row.cell().id());
          if (isPlanned(manifest, pair)) {
            separated.planned.add(pair);
          } else {
            unplanned.add(pair);
          }
        }
      }
    }
    separated.readVerdicts(directory);
    int needed = Power.leastBlocks(Math.min(2 * family, MOST_TESTS));
    if (manifest.blocks() < needed) {
      unplanned.forEach(pair -> separated.doubts.put(pair, tooFew(manifest.blocks(), needed)));
    } else if (!unplanned.isEmpty()) {
      separated.test(
          RunBlocks.read(directory, EnumSet.of(ModelMatrix.METRIC)),
          unplanned.stream()
              .map(pair -> List.of(cell(cells, pair.least()), cell(cells, pair.other())))
              .toList(),
          family,
          needed);
    }
    return separated;
  }

  private static Cell cell(Map<String, Cell> cells, String id) {
    return Optional.ofNullable(cells.get(id)).orElseThrow();
  }

  private static boolean isPlanned(Manifest manifest, Pair pair) {
    return manifest
        .comparisons()
        .filter(all -> all.metrics().contains(ModelMatrix.METRIC.label()))
        .filter(all -> all.margins().containsKey(QUANTILE.label()))
        .map(PlannedComparisons::pairs)
        .orElseGet(List::of)
        .stream()
        .anyMatch(
            each ->
                pair.equals(new Pair(each.baseline(), each.candidate()))
                    || pair.equals(new Pair(each.candidate(), each.baseline())));
  }

  private void readVerdicts(RunDirectory directory) throws IOException {
    if (planned.isEmpty()) {
      return;
    }
    planned.forEach(pair -> doubts.put(pair, "no verdict of the planned comparison says so"));
    try {
      for (ComparedQuantile row :
          PlannedComparison.of(directory).map(CellComparison::planned).orElseGet(List::of)) {
        if (row.metric() == ModelMatrix.METRIC && row.quantile() == QUANTILE) {
          String baseline = row.baseline().id();
          String candidate = row.candidate().id();
          if (row.standing() == Standing.FASTER) {
            doubts.remove(new Pair(candidate, baseline));
          } else if (row.standing() == Standing.SLOWER) {
            doubts.remove(new Pair(baseline, candidate));
          }
        }
      }
    } catch (RunFormatException e) {
      planned.forEach(pair -> doubts.put(pair, "the planned comparison can't be judged"));
    }
  }

  private void test(RunBlocks run, List<List<Cell>> pairs, int family, int needed) {
    // Pairs that nobody tests count in the family as if they showed nothing.
    double[] p = new double[Math.max(family, pairs.size())];
    Arrays.fill(p, 1);
    List<BlockPair> blocks =
        pairs.stream().map(pair -> new BlockPair(run, pair.get(0), pair.get(1))).toList();
    for (int i = 0; i < blocks.size(); i++) {
      BlockPair pair = blocks.get(i);
      if (pair.count() >= needed
          && QuantileRows.pairing(pair, ModelMatrix.METRIC, QUANTILE)
              instanceof BlockPairing.Paired paired) {
        p[i] = Math.min(1, 2 * paired.blocks().test().slower());
      }
    }
    double[] adjusted = Adjustment.holm(p);
    for (int i = 0; i < blocks.size(); i++) {
      BlockPair pair = blocks.get(i);
      Pair key = new Pair(pair.baseline().id(), pair.candidate().id());
      doubt(pair, adjusted[i], needed).ifPresent(why -> doubts.put(key, why));
    }
  }

  private static Optional<String> doubt(BlockPair pair, double p, int needed) {
    if (pair.count() < needed) {
      return Optional.of(tooFew(pair.count(), needed));
    }
    if (pair.late(ModelMatrix.METRIC, QUANTILE)) {
      return Optional.of("the instrument was late");
    }
    if (p >= Power.LEVEL) {
      return Optional.of("the paired blocks don't tell the least figure from each other one");
    }
    // What fails its slow requests must not look the fastest.
    return pair.failures()
            .map(FailureComparison::pBetter)
            .filter(less -> less < Power.LEVEL)
            .isPresent()
        ? Optional.of("the one with the least figure fails more than another")
        : Optional.empty();
  }

  private static String tooFew(int blocks, int needed) {
    return blocks
        + (blocks == 1 ? " whole block" : " whole blocks")
        + ", where so many pairs take "
        + needed;
  }

  /** Whether the run planned to compare two cells. */
  boolean planned(Cell least, Cell other) {
    return planned.contains(new Pair(least.id(), other.id()));
  }

  /** Why the cell with the least figure can't be told from another one; empty where it can. */
  Optional<String> doubt(Cell least, Cell other) {
    return Optional.ofNullable(doubts.get(new Pair(least.id(), other.id())));
  }
}
