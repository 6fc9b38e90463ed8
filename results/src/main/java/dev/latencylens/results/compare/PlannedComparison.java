package dev.latencylens.results.compare;

import dev.latencylens.results.compare.ComparedFailures.Finding;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedComparisons;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.stats.verdict.Adjustment;
import dev.latencylens.results.stats.verdict.BlockPairing;
import dev.latencylens.results.stats.verdict.FailureComparison;
import dev.latencylens.results.stats.verdict.Judgement;
import dev.latencylens.results.stats.verdict.Power;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.RunBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges what a run was planned to compare. Verdicts come from here and from nowhere else. */
public final class PlannedComparison {
  /** What is shown beside the judged metrics. */
  private static final List<Metric> MAIN =
      List.of(Metric.TTFT, Metric.TPOT, Metric.GAP, Metric.E2E);

  private final PlannedComparisons planned;
  private final RunBlocks run;
  private final List<Metric> metrics;
  private final List<BlockPair> pairs = new ArrayList<>();
  private final List<ComparedFailures> failures = new ArrayList<>();

  private PlannedComparison(PlannedComparisons planned, RunBlocks run, List<Metric> metrics) {
    this.planned = planned;
    this.run = run;
    this.metrics = metrics;
    for (PlannedComparisons.Pair pair : planned.pairs()) {
      pairs.add(new BlockPair(run, cell(pair.baseline()), cell(pair.candidate())));
    }
  }

  /**
   * Judges a run.
   *
   * @param directory the run
   * @return the verdicts and what they rest on; empty if the run planned no comparison
   * @throws RunFormatException if the run can't be read
   * @throws IOException if the file system fails
   */
  public static Optional<CellComparison> of(RunDirectory directory) throws IOException {
    Manifest manifest = directory.manifest();
    if (manifest.comparisons().isEmpty()) {
      return Optional.empty();
    }
    PlannedComparisons planned = manifest.comparisons().get();
    List<Metric> metrics = metrics(planned);
    Set<Metric> read = EnumSet.copyOf(metrics);
    read.addAll(MAIN);
    return Optional.of(
        new PlannedComparison(planned, RunBlocks.read(directory, read), metrics).judged());
  }

  private static List<Metric> metrics(PlannedComparisons planned) throws IOException {
    List<Metric> metrics = new ArrayList<>();
    for (String name : planned.metrics()) {
      Optional<Metric> found =
          EnumSet.allOf(Metric.class).stream()
              .filter(metric -> metric.label().equals(name))
              .findFirst();
      metrics.add(
          found.orElseThrow(
              () -> new RunFormatException("the run compares an unknown metric: " + name)));
    }
    return metrics;
  }

  private Cell cell(String id) {
    return run.manifest().cells().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private CellComparison judged() {
    compareFailures();
    List<Asked> asked = new ArrayList<>();
    for (BlockPair pair : pairs) {
      for (Metric metric : metrics) {
        for (JudgedQuantile quantile : JudgedQuantile.values()) {
          Double margin = planned.margins().get(quantile.label());
          if (margin != null) {
            asked.add(asked(pair, metric, quantile, margin));
          }
        }
      }
    }
    List<Judgement> judgements = Judgement.of(asked.stream().map(Asked::question).toList());
    List<ComparedQuantile> rows = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      rows.add(answered(asked.get(i), judgements.get(i)));
    }
    List<Metric> others = MAIN.stream().filter(metric -> !metrics.contains(metric)).toList();
    Manifest manifest = run.manifest();
    return new CellComparison(
        manifest.name(), rows, QuantileRows.explored(pairs, others), failures, notes());
  }

  /** One planned test, and why it can't be made, where it can't. */
  private record Asked(
      BlockPair pair, ComparedQuantile row, Judgement.Question question, Optional<Standing> bar) {}

  private Asked asked(BlockPair pair, Metric metric, JudgedQuantile quantile, double margin) {
    ComparedQuantile row = QuantileRows.row(pair, metric, quantile);
    BlockPairing pairing = QuantileRows.pairing(pair, metric, quantile);
    Optional<Standing> bar = Optional.empty();
    if (row.late()) {
      bar = Optional.of(Standing.LATE);
      pairing = new BlockPairing.Unjudged("the instrument was late");
    } else if (pair.count() < Power.LEAST_BLOCKS) {
      bar = Optional.of(Standing.INCONCLUSIVE);
      pairing =
          new BlockPairing.Unjudged(
              pair.count() + " whole blocks; a verdict takes " + Power.LEAST_BLOCKS);
    } else if (quantile == JudgedQuantile.P99
        && pairing instanceof BlockPairing.Paired paired
        && Power.expected(paired.blocks().spread(), pair.count(), margin) < Power.ENOUGH) {
      bar = Optional.of(Standing.NOT_GATED);
      pairing =
          new BlockPairing.Unjudged(
              String.format(
                  Locale.ROOT,
                  "power %.0f%%",
                  100 * Power.expected(paired.blocks().spread(), pair.count(), margin)));
    }
    return new Asked(pair, row, new Judgement.Question(pairing, margin), bar);
  }

  private ComparedQuantile answered(Asked asked, Judgement judgement) {
    Optional<String> reason =
        asked.question().pairing() instanceof BlockPairing.Unjudged unjudged
            ? Optional.of(unjudged.reason())
            : Optional.empty();
    ComparedQuantile row =
        asked
            .row()
            .judged(
                asked.bar().orElse(Standing.of(judgement.verdict())),
                reason.isPresent()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Math.min(judgement.pSlower(), judgement.pFaster())),
                reason,
                reason.isPresent() && asked.pair().count() < Power.LEAST_BLOCKS
                    ? OptionalInt.of(Power.leastBlocks(planned.tests()))
                    : judgement.blocksToSettle());
    boolean failsMore =
        failures.stream()
            .anyMatch(
                each ->
                    each.finding() == Finding.WORSE
                        && each.baseline().equals(row.baseline())
                        && each.candidate().equals(row.candidate()));
    // A release that fails its slow requests must not look faster.
    return row.standing() == Standing.FASTER && failsMore
        ? row.as(Standing.INCONCLUSIVE, "it fails more")
        : row;
  }

  private void compareFailures() {
    List<FailureComparison> rates = new ArrayList<>();
    List<BlockPair> compared = new ArrayList<>();
    for (BlockPair pair : pairs) {
      pair.failures()
          .ifPresent(
              found -> {
                rates.add(found);
                compared.add(pair);
              });
    }
    double[] worse =
        Adjustment.holm(rates.stream().mapToDouble(FailureComparison::pWorse).toArray());
    double[] better =
        Adjustment.holm(rates.stream().mapToDouble(FailureComparison::pBetter).toArray());
    for (int i = 0; i < worse.length; i++) {
      Finding finding =
          worse[i] < Power.LEVEL
              ? Finding.WORSE
              : better[i] < Power.LEVEL ? Finding.BETTER : Finding.NONE;
      failures.add(
          new ComparedFailures(
              compared.get(i).baseline(),
              compared.get(i).candidate(),
              rates.get(i),
              Math.min(worse[i], better[i]),
              finding));
    }
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(Reach.inWords(planned, run.manifest().blocks()));
    pairs.forEach(pair -> pair.leftOutNote().ifPresent(notes::add));
    notes.add(
        "Margins: "
            + planned.margins().entrySet().stream()
                .map(margin -> margin.getKey() + " " + Shares.percent(margin.getValue()))
                .collect(Collectors.joining(", "))
            + "; p adjusted by Holm over all tests.");
    run.warnings().forEach(warning -> notes.add(CellComparison.WARNING + warning + "."));
    return notes;
  }
}
