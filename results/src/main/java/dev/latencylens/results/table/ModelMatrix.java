package dev.latencylens.results.table;

import dev.latencylens.results.stats.Percentile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The cells of a run laid out by model and provider, with one figure each: {@code ttft} at the
 * median. Of all figures that one can be compared between models whose tokenizers, and whose
 * answers' lengths, differ. Immutable.
 */
public final class ModelMatrix {
  /** The metric that the matrix shows. */
  public static final Metric METRIC = Metric.TTFT;

  /** The percentile of it that the matrix shows. */
  public static final Percentile PERCENTILE = Percentile.P50;

  /** What the matrix is called. */
  public static final String TITLE = "ttft p50 by model and provider, ms";

  private static final Column FIGURE = Column.of(METRIC, PERCENTILE);

  /** What else a row may be about; the benchmark follows from the load. */
  private static final List<Dimension> CONTEXT =
      List.of(
          Dimension.WORKLOAD,
          Dimension.LOAD,
          Dimension.CONNECTION,
          Dimension.ARM,
          Dimension.MACHINE);

  /**
   * A line of the matrix.
   *
   * @param names the model, then what else tells the line from others
   * @param cells one for each column; empty where that was not measured
   */
  public record Line(List<String> names, List<Optional<SummaryRow>> cells) {
    /** Copies the lists. */
    public Line {
      names = List.copyOf(names);
      cells = List.copyOf(cells);
    }
  }

  /**
   * Cells of one column that differ in nothing but the model, so that one of them can be the best.
   *
   * @param name the column, and what else they have in common where columns hold several such
   * @param cells two or more
   */
  public record Contest(String name, List<SummaryRow> cells) {
    /** Copies the list. */
    public Contest {
      cells = List.copyOf(cells);
    }
  }

  private final List<Dimension> contexts;
  private final List<String> columns;
  private final List<Line> lines;

  private ModelMatrix(List<Dimension> contexts, List<String> columns, List<Line> lines) {
    this.contexts = List.copyOf(contexts);
    this.columns = List.copyOf(columns);
    this.lines = List.copyOf(lines);
  }

  /**
   * Lays cells out.
   *
   * @param rows the cells of a run
   * @return the matrix; empty where there is only one model or one provider, where no two cells
   *     would stand side by side, or where two would share a place, as those of two users do
   */
  public static Optional<ModelMatrix> of(List<SummaryRow> rows) {
    List<Dimension> contexts =
        CONTEXT.stream()
            .filter(each -> rows.stream().map(row -> each.of(row.cell())).distinct().count() > 1)
            .toList();
    Set<String> split = providersOfSeveralTargets(rows, contexts);
    Map<List<String>, Map<String, SummaryRow>> byNames = new LinkedHashMap<>();
    Set<String> columns = new LinkedHashSet<>();
    for (SummaryRow row : rows) {
      String provider = row.cell().provider();
      String column = split.contains(provider) ? row.cell().target() : provider;
      columns.add(column);
      Map<String, SummaryRow> line =
          byNames.computeIfAbsent(names(row, contexts), names -> new LinkedHashMap<>());
      if (line.put(column, row) != null) {
        return Optional.empty();
      }
    }
    long models = rows.stream().map(row -> row.cell().model()).distinct().count();
    if (columns.size() < 2 || models < 2) {
      return Optional.empty();
    }
    List<Line> lines = new ArrayList<>();
    byNames.forEach(
        (names, cells) ->
            lines.add(
                new Line(
                    names,
                    columns.stream().map(each -> Optional.ofNullable(cells.get(each))).toList())));
    ModelMatrix matrix = new ModelMatrix(contexts, List.copyOf(columns), lines);
    // Else the other tables say as much.
    boolean sideBySide = byNames.values().stream().anyMatch(cells -> cells.size() > 1);
    return sideBySide || !matrix.contests().isEmpty() ? Optional.of(matrix) : Optional.empty();
  }

  /** Providers that were asked for one model through several targets: their names tell more. */
  private static Set<String> providersOfSeveralTargets(
      List<SummaryRow> rows, List<Dimension> contexts) {
    Set<List<String>> seen = new HashSet<>();
    Set<String> several = new HashSet<>();
    for (SummaryRow row : rows) {
      List<String> place = new ArrayList<>(names(row, contexts));
      place.add(row.cell().provider());
      if (!seen.add(place)) {
        several.add(row.cell().provider());
      }
    }
    return several;
  }

  private static List<String> names(SummaryRow row, List<Dimension> contexts) {
    List<String> names = new ArrayList<>(List.of(row.cell().model()));
    contexts.forEach(context -> names.add(context.of(row.cell())));
    return names;
  }

  /**
   * The headings of a line's names.
   *
   * @return {@code model}, then the dimensions that tell lines of one model apart
   */
  public List<String> nameHeadings() {
    List<String> headings = new ArrayList<>(List.of(Dimension.MODEL.column()));
    contexts.forEach(context -> headings.add(context.column()));
    return headings;
  }

  /**
   * The columns.
   *
   * @return providers, or targets of providers with several; raw text, not yet safe to print
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * The lines, in the order of the run's cells.
   *
   * @return raw names, not yet safe to print
   */
  public List<Line> lines() {
    return lines;
  }

  /**
   * The lines as texts, which begin with their names.
   *
   * @param leaders which cells are marked
   * @return one text for each heading; the names are raw
   */
  public List<List<String>> texts(Leaders leaders) {
    List<List<String>> texts = new ArrayList<>();
    for (Line line : lines) {
      List<String> text = new ArrayList<>(line.names());
      line.cells().forEach(cell -> text.add(cell.map(row -> text(row, leaders)).orElse("")));
      texts.add(text);
    }
    return texts;
  }

  private static String text(SummaryRow row, Leaders leaders) {
    String figure = FIGURE.text().apply(row);
    return leaders.leads(row.cell().id()) ? figure + " " + Marks.BEST : figure;
  }

  /**
   * What can be compared within columns.
   *
   * @return the groups of two cells or more, column by column
   */
  public List<Contest> contests() {
    List<Contest> contests = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      Map<List<String>, List<SummaryRow>> byContext = new LinkedHashMap<>();
      for (Line line : lines) {
        List<String> context = line.names().subList(1, line.names().size());
        line.cells()
            .get(column)
            .ifPresent(
                row -> byContext.computeIfAbsent(context, same -> new ArrayList<>()).add(row));
      }
      String name = columns.get(column);
      byContext.forEach(
          (context, cells) -> {
            if (cells.size() > 1) {
              String others = String.join(", ", context);
              contests.add(
                  new Contest(others.isEmpty() ? name : name + " (" + others + ")", cells));
            }
          });
    }
    return contests;
  }
}
