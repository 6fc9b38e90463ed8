package dev.latencylens.results.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.table.Dimension;
import dev.latencylens.results.table.RunFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What ran, where and how. Whose requests they were is left out: a page is made to be handed on.
 */
final class ManifestTables implements Section {
  private static final String USER_ID = "user_id";

  @Override
  public Optional<SectionContent> content(PageSource source) {
    Manifest manifest = source.summary().manifest();
    return Optional.of(
        new SectionContent(
            "manifest",
            "Manifest",
            List.of(
                "What ran, where and how; manifest.json in the run directory has it for programs."
                    + " User ids are left out here."),
            Optional.empty(),
            List.of(
                new TableContent(
                    "The run", true, 1, List.of("field", "value"), run(source), List.of()),
                TableContent.folded(
                    "Configuration",
                    1,
                    List.of("field", "value"),
                    configuration(manifest.configuration())),
                TableContent.folded(
                    "Cells",
                    1,
                    cellHeadings(),
                    manifest.cells().stream()
                        .map(
                            cell -> {
                              List<String> line = new ArrayList<>(List.of(cell.id()));
                              Arrays.stream(Dimension.values()).forEach(d -> line.add(d.of(cell)));
                              return line;
                            })
                        .toList()),
                TableContent.folded(
                    "Plan of the rounds, in the order of running",
                    3,
                    List.of("round", "block", "cell", "SHA-256 of requests", "SHA-256 of schedule"),
                    manifest.rounds().stream().map(ManifestTables::planned).toList()))));
  }

  private static List<List<String>> run(PageSource source) {
    Manifest manifest = source.summary().manifest();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("name", manifest.name()));
    rows.add(List.of("started", manifest.started().toString()));
    rows.add(List.of("finished", manifest.finished().map(Object::toString).orElse("not finished")));
    rows.add(List.of("measured", RunFacts.measured(source.summary())));
    rows.add(List.of("suite", RunFacts.suite(source.summary())));
    manifest.git().ifPresent(git -> rows.add(List.of("git revision", git.revision())));
    rows.add(List.of("machine", RunFacts.machine(source.summary())));
    rows.add(List.of("machine id", manifest.machine().id()));
    rows.add(List.of("JVM", RunFacts.jvm(source.summary())));
    rows.add(List.of("JVM flags", String.join(" ", manifest.jvm().flags())));
    manifest.packages().forEach((name, version) -> rows.add(List.of("package " + name, version)));
    rows.add(List.of("targets", manifest.simulated() ? "all simulated" : "real services"));
    manifest.priceFileDate().ifPresent(date -> rows.add(List.of("price file", date.toString())));
    manifest
        .objectives()
        .ifPresent(
            objectives -> {
              objectives
                  .ttftNanos()
                  .ifPresent(n -> rows.add(List.of("objective ttft ms", PageSource.millisText(n))));
              objectives
                  .tpotNanos()
                  .ifPresent(n -> rows.add(List.of("objective tpot ms", PageSource.millisText(n))));
              rows.add(List.of("objective share", Double.toString(objectives.share())));
            });
    manifest.keepUntil().ifPresent(end -> rows.add(List.of("to be erased", end.toString())));
    rows.add(List.of("schema version", Integer.toString(manifest.schemaVersion())));
    return rows;
  }

  private static List<String> cellHeadings() {
    List<String> headings = new ArrayList<>(List.of("id"));
    Arrays.stream(Dimension.values()).forEach(dimension -> headings.add(dimension.column()));
    return headings;
  }

  private static List<String> planned(PlannedRound round) {
    return List.of(
        Integer.toString(round.round()),
        Integer.toString(round.block()),
        round.cell(),
        round.requestsSha256().orElse(""),
        round.scheduleSha256().orElse(""));
  }

  private static List<List<String>> configuration(JsonNode configuration) {
    List<List<String>> rows = new ArrayList<>();
    addLeaves("", configuration, rows);
    return rows;
  }

  private static void addLeaves(String path, JsonNode node, List<List<String>> rows) {
    if (node.isObject()) {
      node.properties().stream()
          .filter(field -> !field.getKey().equals(USER_ID))
          .forEach(
              field ->
                  addLeaves(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      rows));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        addLeaves(path + "[" + i + "]", node.get(i), rows);
      }
    } else {
      rows.add(List.of(path, node.asText()));
    }
  }
}
