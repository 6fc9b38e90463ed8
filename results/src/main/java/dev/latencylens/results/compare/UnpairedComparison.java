package dev.latencylens.results.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.stats.verdict.IndependentBlocks;
import dev.latencylens.results.stats.verdict.PairedBlocks;
import dev.latencylens.results.table.Lateness;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.RunBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Two runs side by side. They were measured in different sessions, and no test can tell a change of
 * the service from drift between sessions: so there are differences with intervals, and no verdict.
 */
public final class UnpairedComparison {
  private static final List<Metric> METRICS =
      List.of(Metric.TTFT, Metric.TPOT, Metric.GAP, Metric.E2E);

  /** What must be the same for a difference to mean anything. */
  private static final List<String> SAME = List.of("workload", "load", "deadlines");

  private final RunBlocks base;
  private final RunBlocks candidate;

  private UnpairedComparison(RunBlocks base, RunBlocks candidate) {
    this.base = base;
    this.candidate = candidate;
  }

  /**
   * What makes two runs incomparable.
   *
   * @param base the earlier run
   * @param candidate the later run
   * @return each difference in words; empty if there is none
   */
  public static List<String> differences(Manifest base, Manifest candidate) {
    List<String> differences = new ArrayList<>();
    if (base.schemaVersion() != candidate.schemaVersion()) {
      differences.add(
          "the definitions differ: schema version "
              + base.schemaVersion()
              + " and "
              + candidate.schemaVersion());
    }
    if (base.simulated() != candidate.simulated()) {
      differences.add("one of them measured the simulator, the other did not");
    }
    for (String key : SAME) {
      JsonNode one = base.configuration().path(key);
      JsonNode other = candidate.configuration().path(key);
      if (!Objects.equals(one, other)) {
        differences.add("their " + key + " differs: " + one + " and " + other);
      }
    }
    return differences;
  }

  /**
   * Lays two runs side by side.
   *
   * @param base the earlier run
   * @param candidate the later run
   * @param differences what makes them incomparable, to be shown as warnings
   * @return the differences of the cells that both have
   * @throws RunFormatException if a run can't be read, or they have no cell in common
   * @throws IOException if the file system fails
   */
  public static CellComparison of(
      RunDirectory base, RunDirectory candidate, List<String> differences) throws IOException {
    return new UnpairedComparison(
            RunBlocks.read(base, EnumSet.copyOf(METRICS)),
            RunBlocks.read(candidate, EnumSet.copyOf(METRICS)))
        .compared(differences);
  }

  private CellComparison compared(List<String> differences) throws IOException {
    List<ComparedQuantile> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    notes.add(
        "Unpaired: the runs were measured in different sessions, which no test can tell from"
            + " drift. So there is no verdict; for one, measure both as arms of one run:"
            + " scripts/bench --arm before=… --arm after=…");
    differences.forEach(difference -> notes.add(CellComparison.WARNING + difference + "."));
    for (Cell cell : base.manifest().cells()) {
      Optional<Cell> twin = twin(cell);
      if (twin.isEmpty()) {
        notes.add("Only the first run has " + name(cell) + ".");
        continue;
      }
      for (Metric metric : METRICS) {
        for (JudgedQuantile quantile : JudgedQuantile.values()) {
          rows.add(row(cell, twin.get(), metric, quantile));
        }
      }
    }
    if (rows.isEmpty()) {
      throw new RunFormatException("the two runs have no target and load in common");
    }
    List.of(base, candidate)
        .forEach(
            run -> run.warnings().forEach(text -> notes.add(CellComparison.WARNING + text + ".")));
    return new CellComparison(
        base.manifest().name()
            + " of "
            + base.manifest().started()
            + " and "
            + candidate.manifest().name()
            + " of "
            + candidate.manifest().started()
            + ", unpaired",
        List.of(),
        rows,
        List.of(),
        notes);
  }

  private static String name(Cell cell) {
    return cell.target() + " under " + cell.load();
  }

  private Optional<Cell> twin(Cell cell) {
    return candidate.manifest().cells().stream()
        .filter(
            other ->
                other.target().equals(cell.target())
                    && other.load().equals(cell.load())
                    && other.arm().equals(cell.arm()))
        .findFirst();
  }

  private ComparedQuantile row(Cell one, Cell other, Metric metric, JudgedQuantile quantile) {
    List<Statistic> before = quantiles(base, one, metric, quantile);
    List<Statistic> after = quantiles(candidate, other, metric, quantile);
    Statistic first = BlockPair.mean(before);
    Statistic second = BlockPair.mean(after);
    return new ComparedQuantile(
        one,
        other,
        metric,
        quantile,
        first,
        second,
        Optional.empty(),
        Optional.empty(),
        effect(before, after, first, second),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        late(base, one, metric, quantile, first)
            || late(candidate, other, metric, quantile, second),
        Standing.UNPAIRED,
        Optional.empty(),
        OptionalInt.empty());
  }

  private static Optional<PairedBlocks.Effect> effect(
      List<Statistic> before, List<Statistic> after, Statistic first, Statistic second) {
    return first instanceof Statistic.Value && second instanceof Statistic.Value
        ? IndependentBlocks.effect(numbers(before), numbers(after))
        : Optional.empty();
  }

  private static double[] numbers(List<Statistic> statistics) {
    return statistics.stream()
        .mapToDouble(
            statistic -> statistic instanceof Statistic.Value value ? value.value() : Double.NaN)
        .toArray();
  }

  private static List<Statistic> quantiles(
      RunBlocks run, Cell cell, Metric metric, JudgedQuantile quantile) {
    return run.whole(List.of(cell.id())).stream()
        .map(block -> run.at(cell.id(), block).quantile(metric, quantile.quantile()))
        .toList();
  }

  private static boolean late(
      RunBlocks run, Cell cell, Metric metric, JudgedQuantile quantile, Statistic value) {
    return value instanceof Statistic.Value known
        && Lateness.of(
            metric, known.value(), run.instrumentErrorNanos(cell.id(), quantile.quantile()));
  }
}
