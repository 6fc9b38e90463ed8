package dev.latencylens.results.table;

import dev.latencylens.results.run.Cell;
import java.util.Locale;

/** What tells one row of a table from another, in the order of the columns. */
enum Dimension {
  BENCHMARK,
  TARGET,
  PROVIDER,
  MODEL,
  WORKLOAD,
  LOAD,
  CONNECTION,
  ARM,
  MACHINE;

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  String of(Cell cell) {
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
