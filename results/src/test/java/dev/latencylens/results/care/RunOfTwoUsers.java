package dev.latencylens.results.care;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.audit.AuditEntry;
import dev.latencylens.results.audit.AuditField;
import dev.latencylens.results.audit.AuditFile;
import dev.latencylens.results.report.RunReport;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.SealedText;
import dev.latencylens.results.run.SealedTextLog;
import dev.latencylens.results.run.StreamLogWriter;
import dev.latencylens.results.run.Subjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A finished run in which all that a run can hold is there for {@link #JANE} and for another. */
public final class RunOfTwoUsers {
  /** Has cells c001 and c003, with ten streams a round. */
  public static final String JANE = "jane.doe@example.org";

  /** Has cell c002. */
  public static final String JOHN = "john-1";

  private static final int STREAMS = 10;

  /** Jane's streams: two cells, two blocks. */
  public static final int JANES_STREAMS = 4 * STREAMS;

  private RunOfTwoUsers() {}

  public static RunDirectory create(Path path) throws IOException {
    List<Cell> cells =
        List.of(
            SampleRun.cell("c001", "openai", "gpt").withSubject(Optional.of(JANE)),
            SampleRun.cell("c002", "anthropic", "claude").withSubject(Optional.of(JOHN)),
            SampleRun.cell("c003", "gemini", "flash").withSubject(Optional.of(JANE)));
    return create(path, cells, Optional.empty());
  }

  public static RunDirectory create(Path path, List<Cell> cells, Optional<Integer> keepDays)
      throws IOException {
    Manifest manifest =
        SampleRun.manifest(path.getFileName().toString(), 2, cells).withKeepDays(keepDays);
    for (Cell cell : cells) {
      cell.subject()
          .ifPresent(
              user ->
                  ((ObjectNode) manifest.configuration())
                      .withArray("people")
                      .addObject()
                      .put("user_id", user));
    }
    RunDirectory run = RunDirectory.create(path);
    run.writeManifest(manifest);
    ArrayNode merged = JsonNodeFactory.instance.arrayNode();
    for (PlannedRound planned : manifest.rounds()) {
      merged.add(write(run, planned));
    }
    run.writeJmh(merged);
    AuditFile audit = AuditFile.of(path);
    audit.begin();
    for (Cell cell : cells) {
      AuditEntry call = AuditEntry.of(SampleRun.STARTED, "api_call");
      if (cell.subject().isPresent()) {
        String pseudonym = Subjects.of(path).pseudonym(cell.subject().get());
        call = call.with(AuditField.USER_ID, pseudonym);
      }
      audit.append(List.of(call));
    }
    audit.seal();
    write(path.resolve("report.html"), "<p>of before");
    RunReport.write(run);
    return run;
  }

  private static ObjectNode write(RunDirectory run, PlannedRound planned) throws IOException {
    String cell = planned.cell();
    int round = planned.round();
    try (StreamLogWriter log = run.appendStreams()) {
      for (int i = 0; i < STREAMS; i++) {
        log.write(SampleRun.complete(round, cell, i, 200 + i, 20, 64).build());
      }
    }
    run.writeHistograms(cell, round, SampleRun.histograms(50, 20, 0.01));
    ObjectNode entry = JsonNodeFactory.instance.objectNode().put("benchmark", "of " + cell);
    entry.putObject("primaryMetric").putArray("rawData").addArray().add(round * 1.5);
    Round plain = SampleRun.round(planned, Map.of("complete", (long) STREAMS));
    run.writeRound(
        new Round(
            plain.round(),
            plain.block(),
            plain.cell(),
            plain.started(),
            plain.finished(),
            plain.status(),
            plain.message(),
            JsonNodeFactory.instance.arrayNode().add(entry),
            plain.health(),
            plain.instrument(),
            plain.account(),
            Optional.empty()));
    try (SealedTextLog texts = run.appendTexts(cell, round)) {
      texts.write(new SealedText(round, cell, "s", "AAAA"));
    }
    Path timelines = Files.createDirectories(run.path().resolve("timelines").resolve(cell));
    write(timelines.resolve(round + ".json"), "[]");
    return entry;
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
