package dev.latencylens.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three services of a configuration are measured, and everything that was promised lies there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealServicesIT {
  private static final int STREAMS = 30;
  private static final String PROMISED_HEADER =
      "benchmark,target,provider,model,workload,load,connection,arm,machine,streams,errors,"
          + "ttft_p50_ms,ttft_p90_ms,ttft_p99_ms,tpot_p50_ms,";

  private Path directory;
  private Path run;
  private JarProcess.Ended bench;
  private ProcessWatch watch;
  private List<Path> filesWithKeys;

  @BeforeAll
  void measure(@TempDir final Path temporary) throws IOException, InterruptedException {
    directory = temporary;
    run = directory.resolve("run");
    final SimulatorOptions options =
        SimulatorOptions.defaults()
            .withOtherModels(ModelProfile.defaults().with("ttft-ms=60,gap-ms=15,tokens=40"));
    try (Simulator service = Simulator.start(options)) {
      final String origin = service.baseUri().toString();
      final Path ca = service.caPem().orElseThrow();
      Files.writeString(
          directory.resolve("my.yaml"),
          """
          name: three
          targets:
            - { provider: openai, model: gpt, base_url: "%1$s/v1", ca_bundle: "%2$s" }
            - { provider: anthropic, model: claude, base_url: "%1$s", ca_bundle: "%2$s" }
            - { provider: google, model: gemini, base_url: "%1$s/v1beta", ca_bundle: "%2$s" }
          load: { streams: %3$d, concurrency: %3$d }
          """
              .formatted(origin, ca, STREAMS));
      final Map<String, String> environment = new HashMap<>(MarkedKeys.ENVIRONMENT);
      environment.put("GITHUB_STEP_SUMMARY", directory.resolve("step.md").toString());
      final WatchedBench watched = WatchedBench.run(directory, environment, MarkedKeys::isIn);
      bench = watched.ended();
      watch = watched.watch();
      filesWithKeys = watched.temporaryFilesWithKeys();
    }
  }

  @Test
  void theRunSucceedsAndItsDirectoryIsWhole() throws IOException {
    assertThat(bench.status()).as(bench.err()).isZero();
    assertThat(run).isDirectoryContaining("glob:**/manifest.json");
    assertThat(RunTables.rounds(run)).hasSize(3);
    assertThat(RunTables.streams(run)).isEqualTo(3L * STREAMS);
    assertThat(run.resolve("summary.md")).content().contains("gpt", "claude", "gemini");
    final JsonNode manifest = new ObjectMapper().readTree(run.resolve("manifest.json").toFile());
    assertThat(manifest.at("/finished").asText()).isNotEmpty();
  }

  @Test
  void theTableHasThePromisedColumnsAndARowForEachTarget() throws IOException {
    assertThat(Files.readString(run.resolve("summary.csv"))).startsWith(PROMISED_HEADER);

    final Map<String, CSVRecord> rows = RunTables.rowsByTarget(run);

    assertThat(rows).containsOnlyKeys("openai/gpt", "anthropic/claude", "google/gemini");
    assertThat(rows.values())
        .allSatisfy(
            row -> {
              assertThat(row.get("streams")).isEqualTo("" + STREAMS);
              assertThat(row.get("errors")).isEqualTo("0");
              // It can't be less than what the service was told to wait.
              assertThat(Double.parseDouble(row.get("ttft_p50_ms"))).isGreaterThan(59);
              assertThat(row.get("ttft_p90_ms")).isEmpty();
              assertThat(row.get("notes")).contains("ttft_p90=few:" + STREAMS);
              assertThat(row.get("instrument_error_p50_ms")).isNotEmpty();
            });
  }

  @Test
  void jmhsResultIsInItsOwnFormatWithTheStreamMetricsAsSecondaryResults() throws IOException {
    final JsonNode entries = new ObjectMapper().readTree(run.resolve("jmh.json").toFile());

    assertThat(entries).hasSize(3);
    for (final JsonNode entry : entries) {
      assertThat(entry.fieldNames())
          .toIterable()
          .contains("jmhVersion", "benchmark", "mode", "threads", "forks", "params")
          .contains("primaryMetric", "secondaryMetrics");
      assertThat(entry.at("/params/provider").asText()).isIn("openai", "anthropic", "google");
      final JsonNode secondary = entry.get("secondaryMetrics");
      assertThat(secondary.at("/streams/score").asInt()).isEqualTo(STREAMS);
      for (final String metric : List.of("ttft", "gap", "tpot", "e2e")) {
        assertThat(secondary.at("/" + metric + "/scoreUnit").asText()).isEqualTo("ms/op");
        assertThat(secondary.at("/" + metric + ":p0.50/score").isNumber()).as(metric).isTrue();
        assertThat(secondary.at("/" + metric + ":p0.99/score").isNumber()).as(metric).isTrue();
      }
    }
  }

  @Test
  void hdrHistogramsOwnReaderReadsEveryLog() throws IOException {
    final List<Path> logs;
    try (Stream<Path> files = Files.walk(run.resolve("histograms"))) {
      logs = files.filter(file -> file.toString().endsWith(".hlog")).toList();
    }

    assertThat(logs).hasSize(3);
    for (final Path log : logs) {
      final List<String> tags = new ArrayList<>();
      try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
        EncodableHistogram histogram = reader.nextIntervalHistogram();
        while (histogram != null) {
          tags.add(histogram.getTag());
          if ("ttft".equals(histogram.getTag())) {
            assertThat(((Histogram) histogram).getTotalCount()).isEqualTo(STREAMS);
          }
          histogram = reader.nextIntervalHistogram();
        }
      }
      assertThat(tags).contains("ttft", "gap", "tpot", "e2e", "instrument_error");
    }
  }

  @Test
  void reportingAgainGivesTheSameBytes() throws IOException, InterruptedException {
    final byte[] csv = Files.readAllBytes(run.resolve("summary.csv"));
    final byte[] markdown = Files.readAllBytes(run.resolve("summary.md"));
    final byte[] page = Files.readAllBytes(run.resolve("report.html"));
    Files.delete(run.resolve("summary.csv"));
    Files.delete(run.resolve("summary.md"));
    Files.delete(run.resolve("report.html"));

    final JarProcess.Ended report = JarProcess.run(directory, Map.of(), JarProcess.REPORT, "run");

    assertThat(report.status()).isZero();
    assertThat(Files.readAllBytes(run.resolve("summary.csv"))).isEqualTo(csv);
    assertThat(Files.readAllBytes(run.resolve("summary.md"))).isEqualTo(markdown);
    assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(page);
    // Nothing but tables and paths is on standard output, or the two would differ.
    assertThat(report.out()).isEqualTo(bench.out());
    assertThat(report.out())
        .endsWith(
            "run/summary.csv\nrun/summary.md\nrun/metrics.csv\nrun/results.json\nrun/report.html\n");
  }

  @Test
  void theMarkdownTableIsInTheSummaryOfAWorkflowsStep() throws IOException {
    assertThat(directory.resolve("step.md"))
        .content()
        .isEqualTo("\n" + Files.readString(run.resolve("summary.md")) + "\n");
  }

  @Test
  void progressGoesToStandardError() {
    assertThat(bench.err())
        .contains("[1/3] block 1 of 1, ", "[3/3] block 1 of 1, ", "Fewer than 6 blocks");
    assertThat(bench.out()).doesNotContain("[1/3]");
  }

  @Test
  void noKeyIsInAnyOutput() throws IOException {
    assertThat(MarkedKeys.in(bench.out())).isEmpty();
    assertThat(MarkedKeys.in(bench.err())).isEmpty();
    assertThat(MarkedKeys.filesUnder(run)).isEmpty();
    assertThat(filesWithKeys).isEmpty();
    assertThat(watch.commandLines()).allSatisfy(line -> assertThat(MarkedKeys.in(line)).isEmpty());
  }
}
