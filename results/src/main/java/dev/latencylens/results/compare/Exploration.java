package dev.latencylens.results.compare;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.RunBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** Compares all cells of a run that differ in one thing: to look around, without verdicts. */
public final class Exploration {
  private static final List<Metric> METRICS =
      List.of(Metric.TTFT, Metric.TPOT, Metric.GAP, Metric.E2E);

  private Exploration() {}

  /** What compared cells differ in. */
  public enum By {
    /** The provider, and with it the model. */
    PROVIDER {
      @Override
      boolean pairs(Cell one, Cell other) {
        return !one.provider().equals(other.provider())
            && one.load().equals(other.load())
            && one.arm().equals(other.arm());
      }
    },
    /** The model of one provider. */
    MODEL {
      @Override
      boolean pairs(Cell one, Cell other) {
        return one.provider().equals(other.provider())
            && !one.model().equals(other.model())
            && one.load().equals(other.load())
            && one.arm().equals(other.arm());
      }
    },
    /** The load on one target. */
    LOAD {
      @Override
      boolean pairs(Cell one, Cell other) {
        return one.target().equals(other.target())
            && one.arm().equals(other.arm())
            && !one.load().equals(other.load());
      }
    };

    abstract boolean pairs(Cell one, Cell other);

    /**
     * The name on the command line.
     *
     * @return such as {@code provider}
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Compares the cells of a run.
   *
   * @param directory the run
   * @param by what compared cells differ in
   * @return the differences, none of them judged
   * @throws RunFormatException if the run can't be read, or no two cells differ so
   * @throws IOException if the file system fails
   */
  public static CellComparison of(RunDirectory directory, By by) throws IOException {
    RunBlocks run = RunBlocks.read(directory, EnumSet.copyOf(METRICS));
    List<Cell> cells = run.manifest().cells();
    List<BlockPair> pairs = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      for (Cell other : cells.subList(i + 1, cells.size())) {
        if (by.pairs(cells.get(i), other)) {
          pairs.add(new BlockPair(run, cells.get(i), other));
        }
      }
    }
    if (pairs.isEmpty()) {
      throw new RunFormatException(
          directory.path() + " has no two cells that differ in their " + by.label() + " alone");
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "Exploration: nothing here was planned before the run, so nothing is judged. p is"
            + " two-sided, by the exact sign-flip over blocks, adjusted by Benjamini and Hochberg"
            + " over all rows.");
    pairs.forEach(pair -> pair.leftOutNote().ifPresent(notes::add));
    run.warnings().forEach(warning -> notes.add(CellComparison.WARNING + warning + "."));
    return new CellComparison(
        run.manifest().name() + ", by " + by.label(),
        List.of(),
        QuantileRows.explored(pairs, METRICS),
        List.of(),
        notes);
  }
}
