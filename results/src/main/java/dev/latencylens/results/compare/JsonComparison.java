package dev.latencylens.results.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.stats.verdict.FailureComparison.Rate;
import dev.latencylens.results.table.Metric;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A comparison as JSON: times in milliseconds, changes as ratios. */
final class JsonComparison {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonComparison() {}

  static String render(CellComparison comparison) {
    ObjectNode root = JSON.createObjectNode();
    root.put("title", comparison.title());
    root.put("worse", comparison.worse());
    root.put("unsettled", comparison.unsettled());
    rows(root.putArray("planned"), comparison.planned());
    rows(root.putArray("others"), comparison.others());
    ArrayNode failures = root.putArray("failures");
    for (ComparedFailures each : comparison.failures()) {
      ObjectNode node = failures.addObject();
      cell(node.putObject("baseline"), each.baseline());
      cell(node.putObject("candidate"), each.candidate());
      rate(node.putObject("baseline_rate"), each.rates().baseline());
      rate(node.putObject("candidate_rate"), each.rates().candidate());
      node.put("p", each.p());
      node.put("finding", each.finding().label());
    }
    ArrayNode notes = root.putArray("notes");
    comparison.notes().forEach(notes::add);
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try {
      return JSON.writer(
                  new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
              .writeValueAsString(root)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always written", e);
    }
  }

  private static void rows(ArrayNode array, List<ComparedQuantile> rows) {
    for (ComparedQuantile row : rows) {
      ObjectNode node = array.addObject();
      cell(node.putObject("baseline"), row.baseline());
      cell(node.putObject("candidate"), row.candidate());
      node.put("metric", row.metric().label());
      node.put("quantile", row.quantile().label());
      value(node, "baseline_ms", row, row.before(), row.beforePooled());
      value(node, "candidate_ms", row, row.after(), row.afterPooled());
      row.change()
          .ifPresent(
              effect ->
                  node.putObject("ratio")
                      .put("value", effect.ratio())
                      .put("low", effect.low())
                      .put("high", effect.high()));
      row.p().ifPresent(p -> node.put("p", p));
      row.detectable().ifPresent(share -> node.put("detectable_share", share));
      node.put("verdict", row.standing().label());
      row.reason().ifPresent(reason -> node.put("reason", reason));
      row.settle().ifPresent(blocks -> node.put("blocks_to_settle", blocks));
      node.put("instrument", RowText.instrument(row));
    }
  }

  private static void value(
      ObjectNode node,
      String name,
      ComparedQuantile row,
      Statistic statistic,
      Optional<PooledQuantile> pooled) {
    ObjectNode object = node.putObject(name);
    value(object, row.metric(), statistic);
    if (pooled.isPresent()) {
      ObjectNode all = object.putObject("all_streams");
      value(all, row.metric(), pooled.get().value());
      bound(all, "low", row.metric(), pooled.get().interval().low());
      bound(all, "high", row.metric(), pooled.get().interval().high());
    }
  }

  private static void value(ObjectNode node, Metric metric, Statistic statistic) {
    if (statistic instanceof Statistic.Value value) {
      node.put("value", metric.inTableUnit(value.value()));
    } else if (statistic instanceof Statistic.Censored limit) {
      node.put("at_least", metric.inTableUnit(limit.limit()));
    }
  }

  private static void bound(ObjectNode node, String name, Metric metric, OptionalDouble bound) {
    bound.ifPresent(value -> node.put(name, metric.inTableUnit(value)));
  }

  private static void cell(ObjectNode node, Cell cell) {
    node.put("cell", cell.id())
        .put("arm", cell.arm())
        .put("target", cell.target())
        .put("provider", cell.provider())
        .put("model", cell.model())
        .put("load", cell.load())
        .put("machine", cell.machine());
  }

  private static void rate(ObjectNode node, Rate rate) {
    node.put("failed", rate.failed())
        .put("requests", rate.requests())
        .put("low", rate.low())
        .put("high", rate.high());
  }
}
