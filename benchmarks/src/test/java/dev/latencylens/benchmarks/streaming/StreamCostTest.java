package dev.latencylens.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latencylens.harness.config.ModelPrice;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.Usage;
import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.ClockAnchor;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.Jvm;
import dev.latencylens.results.run.Machine;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.table.CsvSummary;
import dev.latencylens.results.table.MarkdownSummary;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.TerminalSummary;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamCostTest {
  /** USD for a million tokens: 2.5 input, 1.25 cached, 10 output, 20 reasoning. */
  private static final ModelPrice PRICE =
      new ModelPrice(
          List.of("openai"),
          "gpt-x",
          2_500_000,
          1_250_000,
          2_500_000,
          10_000_000,
          20_000_000,
          OptionalLong.empty(),
          URI.create("https://example.com/prices"),
          LocalDate.of(2026, 11, 23));

  /** Of 1,000: 600 x 2.5 + 400 x 1.25 = 2,000; of 200: 150 x 10 + 50 x 20 = 2,500 millionths. */
  private static final Usage USAGE = Records.usage(1_000, 400, 200, 50);

  private static final long COST_PICO_USD = 4_500_000_000L;

  private final Path directory;

  StreamCostTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void forgetThePlan() {
    System.clearProperty(RoundPlan.PROPERTY);
  }

  private static StreamRecord complete(final Usage usage) {
    return Records.ended("s", Outcome.COMPLETE, usage, Map.of());
  }

  @Test
  void aStreamWithUsageGetsItsCostInTheLogAndAllTables() throws Exception {
    final RunDirectory run = recorded(Optional.of(PRICE));

    assertThat(Files.readAllLines(run.path().resolve("streams.jsonl")))
        .satisfiesExactly(
            line -> assertThat(line).contains("\"cost_pico_usd\":" + COST_PICO_USD),
            line -> assertThat(line).contains("\"cost_pico_usd\":" + COST_PICO_USD),
            line -> assertThat(line).contains("\"timeout_total\"").doesNotContain("cost_pico_usd"));
    final Summary summary = Summary.read(run);
    assertThat(summary.warnings()).isEmpty();
    assertThat(CsvSummary.render(summary))
        .contains(",0.009,0.0045,")
        .contains("cost_usd=partial:1");
    assertThat(MarkdownSummary.render(summary)).containsPattern("0\\.009 \\| +0\\.0045 \\|");
    assertThat(TerminalSummary.render(summary)).containsPattern("0\\.009 +0\\.0045\\R");
  }

  @Test
  void withoutAPriceThereIsNoCostAnywhere() throws Exception {
    final RunDirectory run = recorded(Optional.empty());

    assertThat(Files.readString(run.path().resolve("streams.jsonl"))).doesNotContain("cost");
    assertThat(CsvSummary.render(Summary.read(run))).contains("cost_usd=absent");
  }

  @Test
  void onlyWhatCameToItsEndHasACost() {
    for (final Outcome outcome : Outcome.values()) {
      assertThat(
              StreamCost.of(Records.ended("s", outcome, USAGE, Map.of()), Optional.of(PRICE))
                  .isPresent())
          .as(outcome.wireName())
          .isEqualTo(outcome == Outcome.COMPLETE);
    }
  }

  @Test
  void billedTokensArePricedWhereAServiceTellsThemFromOthers() {
    final ModelPrice reasoningIsOutput =
        new ModelPrice(
            PRICE.providers(),
            PRICE.model(),
            PRICE.inputPicoUsd(),
            PRICE.cachedInputPicoUsd(),
            PRICE.cacheWritePicoUsd(),
            PRICE.outputPicoUsd(),
            PRICE.outputPicoUsd(),
            PRICE.maxInputTokens(),
            PRICE.source(),
            PRICE.date());
    final StreamRecord record =
        Records.ended(
            "s",
            Outcome.COMPLETE,
            USAGE,
            Map.of(
                StreamAttribute.BILLED_INPUT_TOKENS, "10",
                StreamAttribute.BILLED_OUTPUT_TOKENS, "20"));

    // 10 x 2.5 + 20 x 10 = 225 millionths.
    assertThat(StreamCost.of(record, Optional.of(reasoningIsOutput))).hasValue(225_000_000);
  }

  @Test
  void absurdOrMissingCountsGiveNoCostAndNoFailure() {
    assertThat(
            StreamCost.of(
                complete(Records.usage(Long.MAX_VALUE, 0, Long.MAX_VALUE, 0)), Optional.of(PRICE)))
        .isEmpty();
    assertThat(StreamCost.of(complete(Usage.UNKNOWN), Optional.of(PRICE))).isEmpty();
    assertThat(StreamCost.of(complete(USAGE), Optional.empty())).isEmpty();
  }

  /** A run of one round, recorded as a fork records it. */
  private RunDirectory recorded(final Optional<ModelPrice> price)
      throws IOException, InterruptedException {
    final RunDirectory run = RunDirectory.create(directory.resolve("run"));
    run.writeManifest(manifest());
    final Path file = directory.resolve("plan.json");
    plan(run.path(), price).write(file);
    System.setProperty(RoundPlan.PROPERTY, file.toString());
    final List<StreamRecord> records = new ArrayList<>();
    records.add(Records.ended("s1", Outcome.COMPLETE, USAGE, Map.of()));
    records.add(Records.ended("s2", Outcome.COMPLETE, USAGE, Map.of()));
    records.add(Records.ended("s3", Outcome.TIMEOUT_TOTAL, USAGE, Map.of()));
    StreamRecording.begin();
    final StreamRecording recording = StreamRecording.current().orElseThrow();
    records.forEach(
        record ->
            recording.add(
                StreamRequest.of(record.requestId(), "gpt-x", "Hi.", 9), record, 1, written -> {}));
    StreamRecording.finish();
    final Instant now = Instant.now();
    run.writeRound(
        new Round(
            1,
            1,
            "c001",
            now,
            now,
            Round.Status.FINISHED,
            Optional.empty(),
            JsonNodeFactory.instance.arrayNode(),
            Map.of(),
            InstrumentReading.NONE,
            new Account(3, 3, Map.of("complete", 2L, "timeout_total", 1L)),
            Optional.empty()));
    return run;
  }

  private static RoundPlan plan(final Path run, final Optional<ModelPrice> price) {
    return PlainPlan.of(run, Target.of("openai", "gpt-x"), Workload.DEFAULT, false, price);
  }

  private static Manifest manifest() {
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        "costs",
        Instant.now(),
        Optional.empty(),
        new ClockAnchor(0, 0),
        1,
        1,
        Optional.empty(),
        "0",
        new Machine("box", "Linux", "6", "CPU", 2, 0, "unknown"),
        new Jvm("17", "v", "G1", List.of()),
        Map.of(),
        JsonNodeFactory.instance.objectNode(),
        false,
        Optional.empty(),
        List.of(
            new Cell(
                "c001",
                "StreamBenchmark",
                "openai/gpt-x",
                "openai",
                "gpt-x",
                "default",
                "closed 1 x 3",
                "pooled",
                "",
                "box",
                Optional.empty())),
        List.of(new PlannedRound(1, 1, "c001")),
        List.of());
  }
}
