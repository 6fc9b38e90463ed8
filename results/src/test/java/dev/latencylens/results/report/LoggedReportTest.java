package dev.latencylens.results.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.RecordedRun;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.RunDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables made from what JMH and HdrHistogram wrote, beside those made from the streams. */
class LoggedReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As many decimals as {@code summary.csv} has. */
  private static final double LAST_DECIMAL = 0.001;

  private static final double SHARE = 0.002;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private final Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path run = Path.of("");

  LoggedReportTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void copyTheRun() throws IOException {
    run = RecordedRun.copy(RecordedRun.RECORDED, directory.resolve("run"));
  }

  @Test
  void everyNumberAgreesWithTheTablesMadeOfTheStreams() throws IOException {
    assertThat(report()).isEqualTo(1);
    List<Map<String, String>> usual = rows(run);
    for (String file : List.of("streams.jsonl", "summary.csv", "summary.md", "report.html")) {
      Files.delete(run.resolve(file));
    }
    deleteAll(run.resolve("rounds"));

    assertThat(report("--from", "jmh,hlog", "--out", directory.resolve("again").toString()))
        .isEqualTo(1);

    assertThat(err.toString(UTF_8)).isEmpty();
    List<Map<String, String>> again = rows(directory.resolve("again"));
    assertThat(again).hasSize(2);
    int numbers = 0;
    for (int i = 0; i < usual.size(); i++) {
      assertThat(again.get(i)).containsOnlyKeys(usual.get(i).keySet());
      for (Map.Entry<String, String> cell : usual.get(i).entrySet()) {
        numbers +=
            assertAgrees(
                cell.getKey(), cell.getValue(), again.get(i).getOrDefault(cell.getKey(), ""));
      }
    }
    assertThat(numbers).as("cells with a number").isGreaterThan(60);
    assertThat(out.toString(UTF_8)).contains("Made from jmh.json and histograms/ alone.");
    assertThat(run.resolve("summary.csv")).doesNotExist();
  }

  /** Texts with numbers in them: all else is the same, and each number within its tolerance. */
  private static int assertAgrees(String column, String usual, String again) {
    Matcher expected = NUMBER.matcher(usual);
    Matcher found = NUMBER.matcher(again);
    int numbers = 0;
    while (expected.find()) {
      assertThat(found.find()).as("%s: %s", column, again).isTrue();
      double value = Double.parseDouble(expected.group());
      assertThat(Double.parseDouble(found.group()))
          .as("%s: %s", column, usual)
          .isCloseTo(value, within(SHARE * Math.abs(value) + LAST_DECIMAL));
      numbers++;
    }
    assertThat(NUMBER.matcher(again).replaceAll("#"))
        .as(column)
        .isEqualTo(NUMBER.matcher(usual).replaceAll("#"));
    return numbers;
  }

  @Test
  void withoutOutTheTableIsPrintedAndNothingIsWritten() throws IOException {
    List<Path> before = files();

    assertThat(report("--from", "hlog,jmh")).isEqualTo(1);

    assertThat(files()).isEqualTo(before);
    assertThat(out.toString(UTF_8)).startsWith("recorded, ").contains("timeout_first_token");
    assertThat(out.toString(UTF_8).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void whatLogsOfEarlierVersionsDoNotHoldIsEmptyAndSaid() throws IOException {
    for (Path file : files()) {
      if (file.toString().endsWith(".hlog")) {
        Files.write(
            file,
            Files.readAllLines(file).stream()
                .filter(
                    line ->
                        !line.matches(
                            "Tag=(.*_limit|.*_complete|.*tokens|.*events|cost.*|start_error|window),.*"))
                .toList());
      }
    }

    assertThat(report("--from", "jmh,hlog", "--out", directory.resolve("again").toString()))
        .isEqualTo(1);

    Map<String, String> row = rows(directory.resolve("again")).get(0);
    for (String column :
        List.of("ttft_p50_ms", "e2e_p50_ms", "input_tokens_p50", "cost_usd", "throughput_tps")) {
      assertThat(row.get(column)).as(column).isEmpty();
    }
    assertThat(row.get("streams")).isEqualTo("70");
    assertThat(row.get("tpot_p50_ms")).isNotEmpty();
    assertThat(out.toString(UTF_8).replaceAll("\\s+", " "))
        .contains("not in these files: token counts, costs")
        .contains("whose limits earlier versions did not keep");
  }

  @Test
  void aRoundThatOneOfTheFilesLacksIsLeftOutAndNamed() throws IOException {
    Files.delete(run.resolve("histograms/c001/0001.hlog"));
    damage(run.resolve("histograms/c002/0004.hlog"));

    assertThat(report("--from", "jmh,hlog", "--out", directory.resolve("again").toString()))
        .isEqualTo(1);

    assertThat(rows(directory.resolve("again")))
        .extracting(row -> row.get("streams"))
        .containsExactly("35", "35");
    assertThat(err.toString(UTF_8))
        .contains("jmh.json: left out 1 round of c001")
        .contains("histograms/c002/0004.hlog is damaged")
        .doesNotContain("\tat ");
  }

  @Test
  void aMissingCutOrForeignResultIsRefusedInOneLine() throws IOException {
    Path jmh = run.resolve("jmh.json");
    String whole = Files.readString(jmh);
    Files.writeString(jmh, whole.substring(0, whole.length() / 2));
    assertRefused("jmh.json is damaged", "--from", "jmh,hlog");

    Files.writeString(jmh, "{}");
    assertRefused("not an array of results", "--from", "jmh,hlog");

    ArrayNode foreign = (ArrayNode) JSON.readTree(whole);
    foreign.forEach(entry -> ((ObjectNode) entry).remove("cell"));
    Files.writeString(jmh, foreign.toString());
    assertRefused("names no cell", "--from", "jmh,hlog");

    Files.delete(jmh);
    assertRefused("has no jmh.json", "--from", "jmh,hlog");
  }

  @Test
  void countsThatCanNotBeAreRefusedOrLeftOut() throws IOException {
    ArrayNode results = (ArrayNode) JSON.readTree(run.resolve("jmh.json").toFile());
    ArrayNode forks =
        (ArrayNode) results.get(1).path("secondaryMetrics").path("load.waited").path("rawData");
    ((ArrayNode) forks.get(0)).set(0, -3);
    Path jmh = run.resolve("jmh.json");
    String whole = Files.readString(jmh);
    Files.writeString(jmh, results.toString());
    assertRefused("a count is none", "--from", "jmh,hlog");
    Files.writeString(jmh, whole);

    RunDirectory directoryOfRun = RunDirectory.open(run);
    HistogramLog log = directoryOfRun.readHistograms("c001", 1).orElseThrow();
    log.histogram("ttft").orElseThrow().recordValueWithCount(5_000_000, 1L << 50);
    directoryOfRun.writeHistograms("c001", 1, log);

    assertThat(report("--from", "jmh,hlog")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("histograms/c001: round 1 is left out");
  }

  @Test
  void otherSourcesAndPlacesThatAreTakenAreRefused() throws IOException {
    assertRefused("write --from jmh,hlog", "--from", "jmh");
    assertRefused("--out is for tables", "--out", "x");
    Files.writeString(run.resolve("summary.csv"), "mine");
    assertRefused("is not overwritten", "--from", "jmh,hlog", "--out", run.toString());
    assertThat(run.resolve("summary.csv")).hasContent("mine");
  }

  @Test
  void theResultHasTheShapeThatViewersOfJmhRead() throws IOException {
    JsonNode results = JSON.readTree(run.resolve("jmh.json").toFile());

    assertThat(results.isArray()).isTrue();
    assertThat(results).hasSize(2);
    for (JsonNode result : results) {
      assertThat(result.path("benchmark").asText()).startsWith("dev.latencylens.benchmarks.");
      assertThat(result.path("mode").asText()).isEqualTo("ss");
      assertThat(result.path("params").path("model").asText()).isEqualTo("claude-haiku-4-5");
      assertMetric(result.path("primaryMetric"));
      assertThat(result.path("secondaryMetrics").has("ttft")).isTrue();
      result.path("secondaryMetrics").forEach(LoggedReportTest::assertMetric);
    }
  }

  private static void assertMetric(JsonNode metric) {
    assertThat(metric.path("score").isNumber()).isTrue();
    // Not a number where there is one reading: JMH then writes the text.
    assertThat(metric.path("scoreError").isNumber() || metric.path("scoreError").isTextual())
        .isTrue();
    assertThat(metric.path("scoreUnit").isTextual()).isTrue();
    assertThat(metric.path("rawData").isArray()).isTrue();
    assertThat(metric.path("rawData")).allMatch(JsonNode::isArray);
  }

  private void assertRefused(String message, String... arguments) throws IOException {
    assertThat(report(arguments)).isEqualTo(2);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).startsWith("report: ").contains(message).hasLineCount(1);
    err.reset();
  }

  private int report(String... more) {
    out.reset();
    return ReportCommand.run(
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        Stream.concat(Stream.of(run.toString()), Stream.of(more)).toArray(String[]::new));
  }

  private static List<Map<String, String>> rows(Path directory) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(directory.resolve("summary.csv"), UTF_8, format)) {
      return parser.stream().map(CSVRecord::toMap).toList();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(run)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length / 2));
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
