package dev.latencylens.results.table;

import java.util.List;
import java.util.Set;

/**
 * Which cells lead their column of the {@link ModelMatrix}, as far as that can be said.
 *
 * @param cells the ids of the cells that lead
 * @param notes what a reader must know of the marks, and why there are none; raw sentences
 */
public record Leaders(Set<String> cells, List<String> notes) {
  /** Nobody looked for any. */
  public static final Leaders NONE = new Leaders(Set.of(), List.of());

  /** Copies the collections. */
  public Leaders {
    cells = Set.copyOf(cells);
    notes = List.copyOf(notes);
  }

  boolean leads(String cell) {
    return cells.contains(cell);
  }
}
