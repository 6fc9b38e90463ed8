package dev.latencylens.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.github.StepSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path directory;

  CompareCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private int compare(Object... arguments) {
    List<String> line = new ArrayList<>();
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    return CompareCommand.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        line.toArray(String[]::new));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private Path run(String name, ArmsRun run) throws IOException {
    return run.create(directory.resolve(name)).path();
  }

  @Test
  void exitsWith1WhereSomethingIsSlower() throws IOException {
    assertThat(compare(run("a", new ArmsRun().slowedBy(0.2)))).isEqualTo(1);
    assertThat(out()).contains("| slower").contains("ttft_p50");
    assertThat(err()).isEmpty();
  }

  @Test
  void exitsWith0WhereNothingIsSlowerAndWith3IfStrictAndNotSettled() throws IOException {
    Path settled = run("a", new ArmsRun());
    Path unsettled = run("b", new ArmsRun().missing(6));

    assertThat(compare(settled)).isEqualTo(0);
    assertThat(compare(unsettled)).isEqualTo(0);
    assertThat(compare(unsettled, "--strict")).isEqualTo(3);
  }

  @Test
  void whateverTheFormatTheTablesAreInTheSummaryOfAWorkflowsStep() throws IOException {
    Path run = run("a", new ArmsRun());
    Path step = directory.resolve("step.md");
    compare(run);
    String tables = out();
    out.reset();

    CompareCommand.run(
        StepSummary.of(Map.of(StepSummary.VARIABLE, step.toString())),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        run.toString(),
        "--format",
        "github");

    assertThat(out()).startsWith("::");
    assertThat(step).content().isEqualTo("\n" + tables + "\n");
  }

  @Test
  void twoRunsAreUnpairedAndHaveNoVerdict() throws IOException {
    Path base = run("a", new ArmsRun().named("monday"));
    Path candidate = run("b", new ArmsRun().named("friday").slowedBy(0.5));

    assertThat(compare(base, candidate)).isEqualTo(0);
    assertThat(out()).contains("unpaired").contains("## Unpaired").contains("mine");
    assertThat(out()).doesNotContain("slower").doesNotContain("## Verdicts");
    assertThat(compare(base, candidate, "--strict")).isEqualTo(3);
  }

  @Test
  void runsThatAskedForDifferentThingsAreRefusedByNameUnlessForced() throws IOException {
    Path base = run("a", new ArmsRun());
    Path candidate = run("b", new ArmsRun().under("closed 80 x 120"));

    assertThat(compare(base, candidate)).isEqualTo(2);
    assertThat(err())
        .contains("their load differs: \"closed 40 x 120\" and \"closed 80 x 120\"")
        .contains("--force");
    assertThat(out()).isEmpty();
    assertThat(compare(base, candidate, "--force")).isEqualTo(2);
    assertThat(err()).contains("the two runs have no target and load in common");
  }

  @Test
  void aRunThatWasNotMadeToCompareSaysWhatToDo() throws IOException {
    assertThat(compare(run("a", new ArmsRun().unplanned()))).isEqualTo(2);
    assertThat(err())
        .contains("was not made to compare anything: measure with --arm twice")
        .contains("--by provider, model, load");
  }

  @Test
  void explorationShowsDifferencesWithoutTheWordSlower() throws IOException {
    Path sample = SampleRun.create(directory.resolve("sample")).path();

    assertThat(compare(sample, "--by", "provider")).isEqualTo(0);
    assertThat(out()).contains("Exploratory").doesNotContain("slower");
    assertThat(compare(sample, "--by", "load")).isEqualTo(2);
    assertThat(err()).contains("has no two cells that differ in their load alone");
  }

  @Test
  void badInputIsExplained() throws IOException {
    assertThat(compare()).isEqualTo(2);
    assertThat(compare(directory.resolve("nothing"))).isEqualTo(2);
    assertThat(compare(directory, "--format", "xml")).isEqualTo(2);
    assertThat(compare(run("a", new ArmsRun()), "--force")).isEqualTo(2);
    assertThat(err())
        .contains("usage: compare RUN")
        .contains("is not a directory")
        .contains("--format")
        .contains("--force is for two runs")
        .doesNotContain("\tat ");
  }

  @Test
  void aDamagedManifestIsNamed() throws IOException {
    Path run = run("a", new ArmsRun());
    Files.writeString(run.resolve("manifest.json"), "{");

    assertThat(compare(run)).isEqualTo(2);
    assertThat(err()).contains("manifest.json is damaged");
  }
}
