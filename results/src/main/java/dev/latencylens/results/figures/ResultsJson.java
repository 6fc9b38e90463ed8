package dev.latencylens.results.figures;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.run.Jvm;
import dev.latencylens.results.run.Machine;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PageJson;
import dev.latencylens.results.table.Dimension;
import dev.latencylens.results.table.Footnotes;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SummaryRow;
import java.util.Map;

/**
 * {@code results.json}: what ran, all numbers of all cells with what is to be said of each, and the
 * notes under the tables. Its schema is {@code results.schema.json} of {@code results.care}. Whom a
 * cell's requests belong to does not stand in it, nor does the configuration. Stateless.
 */
public final class ResultsJson {
  /** The version of the format; a later version only adds fields, or has another number. */
  public static final int SCHEMA_VERSION = 1;

  private ResultsJson() {}

  /**
   * Renders a summary.
   *
   * @param summary the summary
   * @return one object in ASCII, ending with a line end, the same in every locale
   */
  public static String render(Summary summary) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema_version", SCHEMA_VERSION);
    run(root.putObject("run"), summary);
    ArrayNode cells = root.putArray("cells");
    summary.rows().forEach(row -> cell(cells.addObject(), row, summary));
    ArrayNode footnotes = root.putArray("footnotes");
    Footnotes.of(summary).forEach(footnotes::add);
    ArrayNode warnings = root.putArray("warnings");
    summary.warnings().forEach(warnings::add);
    return PageJson.lines(root);
  }

  private static void run(ObjectNode node, Summary summary) {
    Manifest manifest = summary.manifest();
    node.put("name", manifest.name()).put("started", manifest.started().toString());
    manifest.finished().ifPresent(finished -> node.put("finished", finished.toString()));
    node.put("simulated", manifest.simulated())
        .put("seed", manifest.seed())
        .put("blocks", manifest.blocks())
        .put("planned_rounds", manifest.rounds().size())
        .put("finished_rounds", summary.finishedRounds())
        .put("something_failed", summary.somethingFailed())
        .put("suite_version", manifest.suiteVersion());
    manifest
        .git()
        .ifPresent(
            git -> node.putObject("git").put("revision", git.revision()).put("dirty", git.dirty()));
    Machine machine = manifest.machine();
    node.putObject("machine")
        .put("id", machine.id())
        .put("os", machine.os())
        .put("kernel", machine.kernel())
        .put("cpu", machine.cpu())
        .put("cores", machine.cores())
        .put("memory_bytes", machine.memoryBytes())
        .put("frequency_governor", machine.frequencyGovernor());
    Jvm jvm = manifest.jvm();
    node.putObject("jvm")
        .put("version", jvm.version())
        .put("vendor", jvm.vendor())
        .put("gc", jvm.gc());
    manifest.priceFileDate().ifPresent(date -> node.put("price_file_date", date.toString()));
  }

  private static void cell(ObjectNode node, SummaryRow row, Summary summary) {
    node.put("cell", row.cell().id());
    for (Dimension dimension : Dimension.values()) {
      node.put(dimension.column(), dimension.of(row.cell()));
    }
    node.put("planned_rounds", row.plannedRounds()).put("finished_rounds", row.finishedRounds());
    counts(node.putObject("counts"), CellFigures.counts(row));
    counts(node.putObject("outcomes"), row.outcomes());
    ObjectNode metrics = node.putObject("metrics");
    for (Figure figure : CellFigures.measured(row, summary)) {
      figure(metrics.withObjectProperty(figure.metric()).putObject(figure.statistic()), figure);
    }
  }

  private static void counts(ObjectNode node, Map<String, Long> counts) {
    counts.forEach(node::put);
  }

  private static void figure(ObjectNode node, Figure figure) {
    figure.value().ifPresent(value -> node.put("value", value));
    node.put("unit", figure.unit());
    figure.n().ifPresent(n -> node.put("n", n));
    if (figure.low().isPresent() || figure.high().isPresent()) {
      ObjectNode interval = node.putObject("interval");
      figure.low().ifPresent(low -> interval.put("low", low));
      figure.high().ifPresent(high -> interval.put("high", high));
    }
    ArrayNode notes = node.putArray("notes");
    figure.notes().forEach(notes::add);
  }
}
