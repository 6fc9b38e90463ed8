package dev.latencylens.results.history;

import dev.latencylens.results.run.Cell;
import dev.latencylens.results.table.Dimension;
import java.util.ArrayList;
import java.util.List;

/** How a cell is called where it stands alone, without the others of its run. Stateless. */
final class CellName {
  private static final List<Dimension> LABELLED =
      List.of(
          Dimension.WORKLOAD,
          Dimension.LOAD,
          Dimension.CONNECTION,
          Dimension.ARM,
          Dimension.BENCHMARK);

  private CellName() {}

  /** All of its dimensions, but the machine; raw text. */
  static String withoutMachine(Cell cell) {
    List<String> parts = new ArrayList<>();
    // A target without a name of its own is called after its provider and model.
    parts.add(
        cell.target().endsWith(cell.model()) ? cell.target() : cell.target() + " " + cell.model());
    for (Dimension dimension : LABELLED) {
      if (!dimension.of(cell).isEmpty()) {
        parts.add(dimension.column() + " " + dimension.of(cell));
      }
    }
    return String.join(", ", parts);
  }

  /** All of its dimensions; raw text. */
  static String full(Cell cell) {
    return withoutMachine(cell) + ", " + Dimension.MACHINE.column() + " " + cell.machine();
  }
}
