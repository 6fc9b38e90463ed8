package dev.latencylens.results.table;

import dev.latencylens.results.run.Cell;
import java.util.Locale;

/** What tells one row of a table from another, in the order of the columns. */
public enum Dimension {
  /** The benchmark. */
  BENCHMARK,
  /** The target: a named provider, model and endpoint. */
  TARGET,
  /** The provider's id. */
  PROVIDER,
  /** The model that was asked for. */
  MODEL,
  /** The workload. */
  WORKLOAD,
  /** The load. */
  LOAD,
  /** The connection's state and protocol. */
  CONNECTION,
  /** The arm of a comparison. */
  ARM,
  /** The machine that it was measured on. */
  MACHINE;

  /**
   * The name in tables.
   *
   * @return such as {@code target}
   */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a cell has of it.
   *
   * @param cell the cell
   * @return raw text; empty where the cell has none
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
