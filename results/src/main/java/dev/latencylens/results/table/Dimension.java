package dev.latencylens.results.table;

import dev.latencylens.results.run.Cell;
import java.util.Locale;

/** What tells one row of a table from another, in the order of the columns. */
public enum Dimension {
  /** The benchmark's name. */
  BENCHMARK,
  /** The target's name in the configuration. */
  TARGET,
  /** The provider's id. */
  PROVIDER,
  /** The model that was asked for. */
  MODEL,
  /** The workload's name. */
  WORKLOAD,
  /** The load's name. */
  LOAD,
  /** The connection's state and protocol. */
  CONNECTION,
  /** The arm of a comparison. */
  ARM,
  /** The machine's id. */
  MACHINE;

  /**
   * The heading of its column.
   *
   * @return such as {@code target}
   */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a cell has in it.
   *
   * @param cell the cell
   * @return raw text, not yet safe to print; may be empty
   */
  public String of(Cell cell) {
    return switch (this) {
      case BENCHMARK -> cell.benchmark();
      case TARGET -> cell.target();
      case PROVIDER -> cell.provider();
      case MODEL -> cell.model();
      case WORKLOAD -> cell.workload();
      case LOAD -> cell.load();
      case CONNECTION -> cell.connection();
      case ARM -> cell.arm();
      case MACHINE -> cell.machine();
    };
  }
}
