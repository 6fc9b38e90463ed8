package dev.latencylens.results.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.figures.ResultsJson;
import dev.latencylens.results.run.LoadReading;
import dev.latencylens.results.run.LongGap;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLineBuilder;
import dev.latencylens.results.run.StreamLogWriter;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import dev.latencylens.results.table.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writers write is what the published schemas say, and nothing that they don't name. */
class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  SchemaTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void realOutputIsValidAndHasNoFieldThatASchemaLacks() throws IOException {
    for (RunDirectory run :
        List.of(
            SampleRun.create(directory.resolve("sample")),
            RunOfTwoUsers.create(
                directory.resolve("two"),
                List.of(
                    SampleRun.cell("c001", "openai", "gpt")
                        .withSubject(Optional.of(RunOfTwoUsers.JANE))),
                Optional.of(90)))) {
      judge("results", JSON.readTree(ResultsJson.render(Summary.read(run))));
      judge("manifest", JSON.readTree(run.path().resolve("manifest.json").toFile()));
      try (Stream<Path> rounds = Files.list(run.path().resolve("rounds"))) {
        for (Path round : rounds.toList()) {
          judge("round", JSON.readTree(round.toFile()));
        }
      }
      for (String line : Files.readAllLines(run.path().resolve("streams.jsonl"))) {
        judge("stream", JSON.readTree(line));
      }
    }
  }

  @Test
  void aStreamWithAllThatThereIsIsValid() throws IOException {
    StreamLineBuilder all =
        StreamLine.builder(1, "c001", "s", "timeout_idle")
            .httpStatus(OptionalInt.of(200))
            .tpotNanos(OptionalDouble.of(1.5))
            .tokensEstimated(true)
            .rateLimits(Map.of("x-ratelimit-remaining", "1"));
    for (StreamTime time : StreamTime.values()) {
      all.time(time, -1);
    }
    for (StreamCount count : StreamCount.values()) {
      all.count(count, 1);
    }
    for (StreamText text : StreamText.values()) {
      all.text(text, "x");
    }
    Histogram gaps = new Histogram(3);
    gaps.recordValue(5);
    all.longestGaps(List.of(new LongGap(1, 2, 5)));
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    try (StreamLogWriter log = run.appendStreams()) {
      log.write(all.gaps(gaps).build());
    }

    JsonNode line = JSON.readTree(Files.readString(run.path().resolve("streams.jsonl")));
    judge("stream", line);
    assertThat(names(schema("stream").path("properties")))
        .containsExactlyInAnyOrderElementsOf(names(line));
  }

  @Test
  void aManifestWithAllThatThereIsIsValid() throws IOException {
    RunDirectory run = RunOfTwoUsers.create(directory.resolve("run"));
    ObjectNode manifest = (ObjectNode) JSON.readTree(run.path().resolve("manifest.json").toFile());
    manifest.put("price_file_date", LocalDate.of(2026, 11, 1).toString()).put("keep_days", 90);
    manifest
        .putObject("objectives")
        .put("ttft_nanos", 500_000_000L)
        .put("tpot_nanos", 50_000_000L)
        .put("share", 0.99);
    ObjectNode comparisons = manifest.putObject("comparisons");
    comparisons.putArray("metrics").add("ttft");
    comparisons.putObject("margins").put("p50", 0.05);
    comparisons.putArray("pairs").addObject().put("baseline", "c001").put("candidate", "c002");

    judge("manifest", manifest);
    assertThat(names(schema("manifest").path("properties")))
        .containsExactlyInAnyOrderElementsOf(names(manifest));
  }

  @Test
  void allFiguresOfACellAreNamedAndRequired() throws IOException {
    Summary summary = Summary.read(SampleRun.create(directory.resolve("sample")));
    JsonNode cell = schema("results").at("/properties/cells/items");
    JsonNode metrics = cell.at("/properties/metrics");

    for (JsonNode written : JSON.readTree(ResultsJson.render(summary)).path("cells")) {
      assertThat(names(written)).containsExactlyElementsOf(names(cell.path("properties")));
      assertThat(names(written.path("metrics")))
          .containsExactlyInAnyOrderElementsOf(names(metrics.path("properties")));
      ObjectNode without = (ObjectNode) JSON.readTree(ResultsJson.render(summary));
      ((ObjectNode) without.at("/cells/0/metrics/ttft")).remove("p90");
      assertThat(validator("results").validate(without)).isNotEmpty();
      ((ObjectNode) without.at("/cells/0/metrics")).remove("ttft");
      assertThat(validator("results").validate(without)).isNotEmpty();
    }
  }

  @Test
  void aRoundOfAnOpenLoopIsValid() throws IOException {
    RunDirectory run = RunOfTwoUsers.create(directory.resolve("run"));
    Round usual = run.rounds().rounds().get(0);
    run.writeRound(
        new Round(
                usual.round(),
                usual.block(),
                usual.cell(),
                usual.started(),
                usual.finished(),
                Round.Status.SKIPPED,
                Optional.of("the budget is used up"),
                usual.jmh(),
                usual.health(),
                usual.instrument(),
                usual.account(),
                Optional.of(new LoadReading(10, 9, 8, 3, 2, 1.5)))
            .withHistograms(Optional.of("0f".repeat(32))));

    JsonNode round = JSON.readTree(run.path().resolve("rounds/0001.json").toFile());
    judge("round", round);
    assertThat(names(schema("round").path("properties")))
        .containsExactlyInAnyOrderElementsOf(names(round));
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest", "round"})
  void whatLacksARequiredFieldIsNotValid(String kind) throws IOException {
    RunDirectory run = RunOfTwoUsers.create(directory.resolve("run"));
    String file = kind.equals("manifest") ? "manifest.json" : "rounds/0001.json";
    JsonNode whole = JSON.readTree(run.path().resolve(file).toFile());

    for (JsonNode required : schema(kind).path("required")) {
      ObjectNode less = whole.deepCopy();
      less.remove(required.asText());
      assertThat(validator(kind).validate(less)).as("without %s", required).isNotEmpty();
    }
  }

  private static void judge(String kind, JsonNode json) throws IOException {
    assertThat(validator(kind).validate(json)).as("%s: %s", kind, json).isEmpty();
    List<String> unnamed = new ArrayList<>();
    collectUnnamed(schema(kind), json, "", unnamed);
    assertThat(unnamed).as("fields that the %s schema does not name", kind).isEmpty();
  }

  private static void collectUnnamed(
      JsonNode schema, JsonNode json, String at, List<String> unnamed) {
    if (json.isArray()) {
      json.forEach(item -> collectUnnamed(schema.path("items"), item, at + "[]", unnamed));
    } else if (json.isObject() && schema.has("properties")) {
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        String path = at + "/" + field.getKey();
        JsonNode below = schema.path("properties").path(field.getKey());
        if (below.isMissingNode()) {
          unnamed.add(path);
        }
        collectUnnamed(below, field.getValue(), path, unnamed);
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
      names.add(each.next());
    }
    return names;
  }

  private static JsonNode schema(String kind) throws IOException {
    try (InputStream in = SchemaTest.class.getResourceAsStream(kind + ".schema.json")) {
      return JSON.readTree(in);
    }
  }

  private static JsonSchema validator(String kind) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema(kind));
  }
}
