package dev.latencylens.results.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.github.StepSummary;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  private final Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  ReportCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void writesTheSameBytesOnEachCall() throws IOException {
    Path run = SampleRun.create(directory.resolve("a run")).path();

    assertThat(report(run.toString())).isEqualTo(1);
    byte[] csv = Files.readAllBytes(run.resolve("summary.csv"));
    byte[] markdown = Files.readAllBytes(run.resolve("summary.md"));
    byte[] metrics = Files.readAllBytes(run.resolve("metrics.csv"));
    byte[] results = Files.readAllBytes(run.resolve("results.json"));
    byte[] page = Files.readAllBytes(run.resolve("report.html"));
    String shown = out.toString(UTF_8);
    out.reset();
    assertThat(report(run.toString())).isEqualTo(1);

    assertThat(Files.readAllBytes(run.resolve("summary.csv"))).isEqualTo(csv);
    assertThat(Files.readAllBytes(run.resolve("summary.md"))).isEqualTo(markdown);
    assertThat(Files.readAllBytes(run.resolve("metrics.csv"))).isEqualTo(metrics);
    assertThat(Files.readAllBytes(run.resolve("results.json"))).isEqualTo(results);
    assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(page);
    assertThat(out.toString(UTF_8)).isEqualTo(shown);
    assertThat(shown)
        .contains("gpt-4o-mini")
        .endsWith(
            "\n%s\n%s\n%s\n%s\n%s\n"
                .formatted(
                    run.resolve("summary.csv"),
                    run.resolve("summary.md"),
                    run.resolve("metrics.csv"),
                    run.resolve("results.json"),
                    run.resolve("report.html")));
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aRunInWhichAllWentWellEndsWithZero() throws IOException {
    assertThat(report(goodRun().toString())).isZero();
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aKilledRunIsReportedWithWarningsOnStandardError() throws IOException {
    Path run = goodRun();
    Files.writeString(
        run.resolve("streams.jsonl"),
        "{\"round\":1,\"cell\":\"c0",
        UTF_8,
        StandardOpenOption.APPEND);
    Files.writeString(run.resolve("rounds/.0001.json.77.tmp"), "{");

    assertThat(report(run.toString())).isEqualTo(1);

    assertThat(err.toString(UTF_8))
        .contains("report: warning: streams.jsonl: left out the last line");
    assertThat(out.toString(UTF_8)).contains("gpt").doesNotContain("warning");
    assertThat(Files.readString(run.resolve("summary.md"))).contains("- Warning: streams.jsonl");
  }

  @Test
  void programsGetTheFiguresAsJsonAndNothingElse() throws IOException {
    Path run = goodRun();

    assertThat(report("--json", run.toString())).isZero();

    assertThat(out.toString(UTF_8)).isEqualTo(Files.readString(run.resolve("results.json")));
    out.reset();
    assertThat(report("--json", "--from", "jmh,hlog", run.toString())).isEqualTo(2);
    assertRefused("--json is for the whole run");
  }

  @Test
  void openMetricsAreWrittenWhereTheyAreAskedFor() throws IOException {
    Path run = goodRun();
    Path file = directory.resolve("lens.prom");
    Files.writeString(file, "an earlier one");

    assertThat(report("--openmetrics", file.toString(), run.toString())).isZero();

    assertThat(err.toString(UTF_8)).isEmpty();
    assertThat(file)
        .content()
        .contains("\nlatencylens_ttft_seconds_count{")
        .containsPattern("latencylens_streams_total\\{.*outcome=\"complete\".*} 20\\.0\\n")
        .endsWith("# EOF\n");
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void openMetricsThatCannotBeWrittenAreRefusedBeforeAnythingIs() throws IOException {
    Path run = goodRun();

    assertThat(report("--openmetrics", directory + "/none/x", run.toString())).isEqualTo(2);
    assertRefused("make it");
    assertThat(report("--openmetrics", directory.toString(), run.toString())).isEqualTo(2);
    assertRefused("is no file");
    assertThat(run.resolve("summary.csv")).doesNotExist();
  }

  @Test
  void theMarkdownTableIsInTheSummaryOfAWorkflowsStep() throws IOException {
    Path run = goodRun();
    Path step = directory.resolve("step.md");

    assertThat(report(step, run.toString())).isZero();

    assertThat(step).content().contains(Files.readString(run.resolve("summary.md")));
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aStepSummaryThatCannotBeWrittenIsAWarning() throws IOException {
    assertThat(report(directory.resolve("none/step.md"), goodRun().toString())).isZero();

    assertThat(err.toString(UTF_8))
        .startsWith("report: warning: the table is not in the step's summary")
        .hasLineCount(1);
  }

  @Test
  void whatIsNoRunIsRefusedInOneLine() throws IOException {
    assertThat(report(directory.toString())).isEqualTo(2);
    assertRefused("has no manifest.json");

    assertThat(report(directory.resolve("none").toString())).isEqualTo(2);
    assertRefused("is not a directory");

    Files.writeString(directory.resolve("manifest.json"), "{\"schema_version\":1,");
    assertThat(report(directory.toString())).isEqualTo(2);
    assertRefused("manifest.json is damaged");
  }

  @Test
  void badArgumentsAreRefusedInOneLine() {
    assertThat(report()).isEqualTo(2);
    assertRefused("RUN_DIR");
    assertThat(report("--nope", "x")).isEqualTo(2);
    assertRefused("--nope");
    assertThat(report("a", "b")).isEqualTo(2);
    assertRefused("'b'");
  }

  @Test
  void helpGoesToStandardOutput() {
    assertThat(report("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("RUN_DIR").contains("Exit status");
  }

  private void assertRefused(String message) {
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).startsWith("report: ").contains(message).hasLineCount(1);
    err.reset();
  }

  private int report(String... arguments) {
    return ReportCommand.run(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
  }

  private int report(Path stepSummary, String... arguments) {
    return ReportCommand.run(
        StepSummary.of(Map.of(StepSummary.VARIABLE, stepSummary.toString())),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        arguments);
  }

  private Path goodRun() throws IOException {
    Manifest manifest =
        SampleRun.manifest("good", 1, List.of(SampleRun.cell("c001", "openai", "gpt")));
    RunDirectory run = RunDirectory.create(directory.resolve("good"));
    run.writeManifest(manifest);
    List<StreamLine> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add(SampleRun.complete(1, "c001", i, 200, 20, 64).build());
    }
    SampleRun.write(run, new PlannedRound(1, 1, "c001"), lines, SampleRun.histograms(50, 20, 0.01));
    return run.path();
  }
}
