package dev.latencylens.results.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.CleanRun;
import dev.latencylens.results.Golden;
import dev.latencylens.results.audit.AuditVerification;
import dev.latencylens.results.care.CareLog;
import dev.latencylens.results.care.EraseCommand;
import dev.latencylens.results.care.FileTree;
import dev.latencylens.results.care.RunAtRest;
import dev.latencylens.results.report.ReportCommand;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.table.Metric;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SummaryRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeCommandTest {
  private static final Instant STARTED = Instant.parse("2026-11-23T01:33:00Z");
  private static final String PLAN =
      "; measure all machines with the same suite, configuration and seed";

  private final Path directory;
  private final Path both;
  private final RunDirectory paris;
  private final RunDirectory tokyo;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Locale locale = Locale.getDefault();

  MergeCommandTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    both = directory.resolve("both");
    paris = CleanRun.create(directory.resolve("paris"), STARTED, 200);
    tokyo = CleanRun.create(directory.resolve("tokyo"), STARTED.plusSeconds(600), 300);
    CleanRun.on(paris, "paris");
    CleanRun.on(tokyo, "tokyo");
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "tr-TR", "ar-EG-u-nu-arab"})
  void cellsStandSideBySideAndTheRunIsOneLikeAnyOther(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));

    assertThat(merge()).isZero();

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(out.toString(UTF_8)).contains("4 cells, 2 blocks, 8 rounds, 800 streams");
    Golden.check("merged-manifest.json.golden", Files.readString(both.resolve("manifest.json")));
    Golden.check("merged-summary.csv.golden", Files.readString(both.resolve("summary.csv")));
    assertThat(ReportCommand.run(print(out), print(err), both.toString())).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void histogramsAndStreamsStayAsTheyAre() throws IOException {
    assertThat(merge()).isZero();

    assertThat(both.resolve("histograms/c004/0006.hlog"))
        .hasSameBinaryContentAs(tokyo.path().resolve("histograms/c002/0002.hlog"));
    List<SummaryRow> rows = Summary.read(RunDirectory.open(both)).rows();
    List<SummaryRow> ofParis = Summary.read(paris).rows();
    List<SummaryRow> ofTokyo = Summary.read(tokyo).rows();
    assertThat(rows)
        .extracting(row -> row.cell().machine())
        .containsExactly("paris", "tokyo", "paris", "tokyo");
    for (Metric metric : Metric.values()) {
      for (Percentile percentile : Percentile.values()) {
        assertThat(rows.get(2).statistic(metric, percentile))
            .isEqualTo(ofParis.get(1).statistic(metric, percentile));
        assertThat(rows.get(3).statistic(metric, percentile))
            .isEqualTo(ofTokyo.get(1).statistic(metric, percentile));
      }
    }
    assertThat(Files.readString(both.resolve("streams.jsonl")))
        .contains("\"round\":5,\"cell\":\"c002\",\"stream\":\"tokyo/c001-1-0\"");
  }

  @Test
  void theRunsThemselvesAreLeftAlone() throws IOException {
    List<String> before = contents(paris);

    assertThat(merge()).isZero();

    assertThat(contents(paris)).isEqualTo(before);
  }

  @Test
  void jmhsResultsNameTheirNewCells() throws IOException {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    results.addObject().put("benchmark", "b").put("cell", "c002");
    results.addObject().put("benchmark", "old");
    paris.writeJmh(results);
    tokyo.writeJmh(results);

    assertThat(merge()).isZero();

    JsonNode merged = new ObjectMapper().readTree(both.resolve("jmh.json").toFile());
    assertThat(merged).hasSize(4);
    assertThat(merged.findValuesAsText("cell")).containsExactly("c003", "c004");
  }

  @Test
  void theMergedRunIsAudited() throws IOException {
    assertThat(merge()).isZero();

    assertThat(AuditVerification.of(both).intact()).isTrue();
    assertThat(Files.readString(both.resolve("audit.jsonl")))
        .contains("\"event\":\"merge\",\"streams\":800,\"cells\":4");
  }

  @Test
  void aUserCanBeErasedFromAMergedRun() throws IOException {
    for (RunDirectory run : List.of(paris, tokyo)) {
      CleanRun.edit(run, json -> ((ObjectNode) json.get("cells").get(0)).put("subject", "jane"));
    }
    Path runs = Files.createDirectory(directory.resolve("runs"));
    Path merged = runs.resolve("both");
    assertThat(run(paris.path().toString(), tokyo.path().toString(), "--out", merged.toString()))
        .isZero();

    int status =
        EraseCommand.run(
            InputStream.nullInputStream(),
            print(out),
            print(err),
            CareLog.AUDITED,
            "--subject",
            "jane",
            "--yes",
            "--runs",
            runs.toString());

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(status).isZero();
    assertThat(RunDirectory.open(merged).manifest().cells())
        .extracting(Cell::model)
        .containsExactly("claude", "claude");
    assertThat(Files.readString(merged.resolve("streams.jsonl"))).doesNotContain("c001-", "c002\"");
    assertThat(AuditVerification.of(merged).intact()).isTrue();
  }

  @Test
  void machinesOfOneKindAreToldApartByTheirNames() throws IOException {
    CleanRun.on(tokyo, "paris");

    assertThat(merge()).isEqualTo(2);
    assertRefused(
        paris.path()
            + " and "
            + tokyo.path()
            + " were both measured on the machine paris, so that their cells could not be told"
            + " apart; if these are two machines, name them: --machine NAME once for each run, in"
            + " the order of the runs");
    assertThat(merge("--machine", "a", "--machine", "a")).isEqualTo(2);
    err.reset();

    assertThat(merge("--machine", "a", "--machine", "b")).isZero();
    assertThat(Summary.read(RunDirectory.open(both)).rows())
        .extracting(row -> row.cell().machine())
        .containsExactly("a", "b", "a", "b");
  }

  @Test
  void mixedPlansAreRefusedWithTheDifference() throws IOException {
    differs(
        json -> ((ObjectNode) json.get("configuration")).put("seed", 43).put("rounds", 9),
        "configurations differ (rounds, seed)");
    differs(
        json -> ((ObjectNode) json.get("configuration")).putObject("workload").put("name", "x"),
        "configurations differ (workload)");
    differs(
        json -> ((ObjectNode) json.get("cells").get(1)).put("workload", "bye"),
        "cells differ (StreamBenchmark, anthropic, anthropic, claude, hello, closed-50, warm"
            + " HTTP/1.1)");
    differs(
        json -> ((ObjectNode) json.get("rounds").get(1)).put("requests_sha256", "c2".repeat(32)),
        "workloads differ (block 1 of c002; a seed of their own gives runs requests of their own,"
            + " so set the same with --seed)");
    differs(
        json -> ((ObjectNode) json.get("rounds").get(0)).put("schedule_sha256", "c2".repeat(32)),
        "schedules differ (block 1 of c001; a seed of their own gives runs requests of their own,"
            + " so set the same with --seed)");
    differs(
        json -> json.put("suite_version", "0.2.0"),
        "definitions (suite version) differ (0.1.0 and 0.2.0)");
    differs(
        json -> ((ObjectNode) json.get("git")).put("dirty", true),
        "definitions (commit) differ (0123456789abcdef0123456789abcdef01234567 and"
            + " 0123456789abcdef0123456789abcdef01234567, changed)");
    differs(
        json -> ((ObjectNode) json.get("packages")).put("httpclient5", "5.7"),
        "libraries differ (httpclient5)");
    differs(json -> json.put("simulated", false), "targets differ (one is of the simulator)");
    differs(json -> json.put("blocks", 3), "configurations differ (rounds)");
    differs(
        json -> json.putObject("objectives").put("ttft_nanos", 1).put("share", 1),
        "configurations differ (objectives)");
    differs(
        json -> json.put("price_file_date", "2026-11-01"),
        "configurations differ (the price file's date)");
  }

  private void differs(Consumer<ObjectNode> change, String difference) throws IOException {
    Path manifest = tokyo.path().resolve("manifest.json");
    String before = Files.readString(manifest);
    CleanRun.edit(tokyo, change);
    assertThat(merge()).as(difference).isEqualTo(2);
    assertRefused(
        paris.path() + " and " + tokyo.path() + " are not of one plan: their " + difference + PLAN);
    Files.writeString(manifest, before);
  }

  @Test
  void anotherSchemaIsRefused() throws IOException {
    CleanRun.edit(tokyo, json -> json.put("schema_version", 2));

    assertThat(merge()).isEqualTo(2);

    assertThat(err.toString(UTF_8)).contains("was written by a newer Latency Lens");
  }

  @Test
  void oneRunIsNotMergedWithItself() throws IOException {
    assertThat(run(paris.path().toString(), paris.path() + "/.", "--out", both.toString()))
        .isEqualTo(2);
    assertRefused(paris.path() + "/. is named twice; name each run once");

    RunDirectory copy = CleanRun.create(directory.resolve("copy"), STARTED, 200);
    CleanRun.on(copy, "london");
    assertThat(run(paris.path().toString(), copy.path().toString(), "--out", both.toString()))
        .isEqualTo(2);
    assertRefused(paris.path() + " and " + copy.path() + " are the same run; name each once");
  }

  @Test
  void aMergedRunIsNotMergedAgain() throws IOException {
    assertThat(merge()).isZero();
    RunDirectory third = CleanRun.create(directory.resolve("third"), STARTED.plusSeconds(9), 200);

    assertThat(
            run(
                both.toString(),
                third.path().toString(),
                "--out",
                directory.resolve("all").toString()))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            String.format(
                "merge: %s holds cells of several machines (paris, tokyo): it is a merged run"
                    + " already; name the runs that it was made of%n",
                both));
  }

  @Test
  void whatIsDamagedIsLeftOutAndTold() throws IOException {
    Files.writeString(tokyo.path().resolve("rounds/0002.json"), "{");
    Files.writeString(
        tokyo.path().resolve("streams.jsonl"), "{\"round\":1,", UTF_8, StandardOpenOption.APPEND);
    Files.writeString(tokyo.path().resolve("jmh.json"), "[");
    Files.createDirectory(tokyo.path().resolve("texts"));

    assertThat(merge()).isEqualTo(1);

    assertThat(err.toString(UTF_8))
        .contains(
            "merge: left out of "
                + tokyo.path()
                + ": rounds/0002.json is damaged (it is not valid JSON",
            "merge: left out of " + tokyo.path() + ": streams.jsonl: left out the last line",
            "merge: left out of "
                + tokyo.path()
                + ": streams.jsonl: left out 100 lines of round 2, which is not finished",
            "merge: left out of " + tokyo.path() + ": jmh.json is damaged",
            "merge: left out of "
                + tokyo.path()
                + ": texts (bound to the numbers of their own run)");
    assertThat(Summary.read(RunDirectory.open(both)).finishedRounds()).isEqualTo(7);
    assertThat(Summary.read(RunDirectory.open(both)).warnings()).isEmpty();
  }

  @Test
  void aKilledRunHasNoEndEvenMerged() throws IOException {
    CleanRun.edit(tokyo, json -> json.remove("finished"));
    assertThat(merge()).isEqualTo(2);
    assertRefused(tokyo.path() + " never finished, and nothing tells whether it still runs");

    Files.createFile(tokyo.path().resolve("run.lock"));
    assertThat(merge()).isZero();
    assertThat(RunDirectory.open(both).manifest().finished()).isEmpty();
  }

  @Test
  void whatCanNotBeMergedIsRefusedInOneLine() throws IOException {
    assertThat(run(paris.path().toString(), "--out", both.toString())).isEqualTo(2);
    assertThat(run(paris.path().toString(), tokyo.path().toString())).isEqualTo(2);
    assertThat(merge("--machine", "a")).isEqualTo(2);
    assertThat(merge("--machine", "a b", "--machine", "c")).isEqualTo(2);
    assertThat(run(paris.path().toString(), directory.toString(), "--out", both.toString()))
        .isEqualTo(2);
    assertThat(run(paris.path().toString(), directory + "/no", "--out", both.toString()))
        .isEqualTo(2);
    try (RunAtRest busy = RunAtRest.take(tokyo.path())) {
      assertThat(busy.run()).isNotNull();
      assertThat(merge()).isEqualTo(2);
    }
    Files.createSymbolicLink(tokyo.path().resolve("x"), directory);
    assertThat(merge()).isEqualTo(2);

    assertThat(err.toString(UTF_8))
        .hasLineCount(8)
        .contains(
            "--machine stands once for each run, or not at all",
            "--machine takes 1 to 64 letters, digits and . _ -, not: a b",
            "has no manifest.json",
            "is still running",
            "x is a symbolic link")
        .doesNotContain("\tat ");
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(both).doesNotExist();
  }

  @Test
  void nothingRemainsWhereTheDirectoryCanNotBeMade() throws IOException {
    Files.createDirectory(both);
    assertThat(merge()).isEqualTo(2);
    assertRefused(
        both + " is there already and is not overwritten; name another directory with --out");
    Files.delete(both);

    Path file = Files.writeString(directory.resolve("file"), "mine");
    assertThat(run(paris.path().toString(), tokyo.path().toString(), "--out", file + "/x"))
        .isEqualTo(2);
    assertRefused(file + "/x can't be made: the directory that it is to stand in is not there");
  }

  @Test
  void nothingRemainsInADirectoryThatIsReadOnly() throws IOException {
    Path above = Files.createDirectory(directory.resolve("above"));
    assertThat(above.toFile().setWritable(false)).isTrue();
    try {
      // Root writes anywhere.
      assumeFalse(Files.isWritable(above));
      assertThat(run(paris.path().toString(), tokyo.path().toString(), "--out", above + "/x"))
          .isEqualTo(1);
      assertThat(err.toString(UTF_8))
          .startsWith("merge: nothing was merged, as a file can't be read or written: ")
          .hasLineCount(1);
    } finally {
      assertThat(above.toFile().setWritable(true)).isTrue();
    }
    assertThat(above).isEmptyDirectory();
  }

  @Test
  void whatFailsHalfWayLeavesNothing() throws IOException {
    // It can be listed, but is no file to copy from.
    Files.delete(tokyo.path().resolve("histograms/c002/0004.hlog"));
    Files.createDirectories(tokyo.path().resolve("histograms/c002/0004.hlog"));

    assertThat(merge()).isEqualTo(1);

    assertThat(err.toString(UTF_8))
        .startsWith("merge: nothing was merged, as a file can't be read or written: ")
        .hasLineCount(1);
    assertThat(directory).isDirectoryNotContaining("glob:**both*");
  }

  private List<String> contents(RunDirectory run) throws IOException {
    List<String> contents = new ArrayList<>();
    for (Path file : FileTree.files(run.path())) {
      if (!file.endsWith("run.lock")) {
        contents.add(file + ": " + Files.readString(file));
      }
    }
    return contents;
  }

  private void assertRefused(String message) {
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).isEqualTo(String.format("merge: %s%n", message));
    err.reset();
  }

  private int merge(String... more) {
    List<String> all = new ArrayList<>(List.of(paris.path().toString(), tokyo.path().toString()));
    all.addAll(List.of("--out", both.toString()));
    all.addAll(List.of(more));
    return run(all.toArray(new String[0]));
  }

  private int run(String... arguments) {
    return MergeCommand.run(print(out), print(err), arguments);
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, UTF_8);
  }
}
