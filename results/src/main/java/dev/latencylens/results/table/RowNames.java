package dev.latencylens.results.table;

import dev.latencylens.results.run.Cell;
import java.util.ArrayList;
import java.util.List;

/**
 * Which dimensions name a row, and which are the same for all rows and so need saying only once.
 *
 * @param varying those that a row must show: always the target, and the model unless every target's
 *     name says it
 * @param constant the others that are not empty, without what only repeats the target
 */
public record RowNames(List<Dimension> varying, List<Dimension> constant) {

  /** Copies the lists. */
  public RowNames {
    varying = List.copyOf(varying);
    constant = List.copyOf(constant);
  }

  /**
   * Finds what tells rows apart.
   *
   * @param rows all rows of a summary
   * @return the dimensions, in the order of the columns
   */
  public static RowNames of(List<SummaryRow> rows) {
    List<Dimension> varying = new ArrayList<>();
    List<Dimension> constant = new ArrayList<>();
    for (Dimension dimension : Dimension.values()) {
      if (rows.stream().allMatch(row -> isSaidByTarget(dimension, row))) {
        continue;
      }
      long values = rows.stream().map(row -> dimension.of(row.cell())).distinct().count();
      if (values > 1 || dimension == Dimension.TARGET || dimension == Dimension.MODEL) {
        varying.add(dimension);
      } else if (rows.stream().anyMatch(row -> !dimension.of(row.cell()).isEmpty())) {
        constant.add(dimension);
      }
    }
    return new RowNames(varying, constant);
  }

  /** A target without a name of its own is called after its provider and model. */
  private static boolean isSaidByTarget(Dimension dimension, SummaryRow row) {
    Cell cell = row.cell();
    String full = cell.provider() + "/" + cell.model();
    return switch (dimension) {
      case PROVIDER -> cell.target().equals(full) || cell.target().equals(cell.provider());
      case MODEL -> cell.target().equals(full);
      default -> false;
    };
  }

  /**
   * A row's name as it may stand in a sentence.
   *
   * @param row one of the rows
   * @return raw text, not yet safe to print; the cell's id where nothing else names it
   */
  public String name(SummaryRow row) {
    List<String> parts = new ArrayList<>();
    for (Dimension dimension : varying) {
      // The target says which service it is; the tables with room for it have the provider too.
      String value = dimension == Dimension.PROVIDER ? "" : dimension.of(row.cell());
      // A target is often named after its provider or model: said once is enough.
      if (!value.isEmpty()
          && parts.stream().noneMatch(part -> part.equals(value) || part.endsWith("/" + value))) {
        parts.add(value);
      }
    }
    return parts.isEmpty() ? row.cell().id() : String.join(" ", parts);
  }
}
