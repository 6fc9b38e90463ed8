package dev.latencylens.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.CleanRun;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.table.MarkdownSummary;
import dev.latencylens.results.table.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mark says "best", so it takes as much proof as the word. */
class ColumnLeadersTest {
  private static final int STREAMS = 30;
  private static final List<Cell> CELLS =
      List.of(
          SampleRun.cell("c001", "north", "small"),
          SampleRun.cell("c002", "north", "large"),
          SampleRun.cell("c003", "south", "small"),
          SampleRun.cell("c004", "south", "large"));

  private final Path directory;

  ColumnLeadersTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theLeastOfAColumnIsMarkedWhereEveryBlockSaysSo() throws IOException {
    String tables = tables(run(10, Map.of("c001", 200.0, "c002", 260.0, "c003", 300.0), 0.01, 0));

    assertThat(row(tables, "small")).contains("★").doesNotContain("★ †");
    assertThat(row(tables, "large")).doesNotContain("★");
    assertThat(tables)
        .contains("★: the least ttft p50 of its column, which the exact sign-flip")
        .contains("adjusted by Holm over all 2 pairs")
        .contains("it is no verdict");
  }

  @Test
  void whatChanceMayHaveMadeIsNotMarked() throws IOException {
    String tables = tables(run(10, Map.of("c001", 200.0, "c002", 200.5), 0.01, 0));

    assertThat(row(tables, "small") + row(tables, "large")).doesNotContain("★");
    assertThat(tables)
        .contains(
            "No best is marked in north, south: the paired blocks don't tell the least figure from"
                + " each other one.");
  }

  @Test
  void tooFewBlocksMarkNothingAndTheNoteSaysHowManyItTakes() throws IOException {
    String tables = tables(run(6, Map.of("c001", 100.0, "c002", 900.0), 0.01, 0));

    assertThat(tables)
        .contains("No best is marked in north, south: 6 whole blocks, where so many pairs take 7.")
        .doesNotContain("★");
  }

  @Test
  void aLateInstrumentMarksNothing() throws IOException {
    String tables = tables(run(10, Map.of("c001", 200.0, "c002", 260.0), 40, 0));

    assertThat(tables).contains("the instrument was late").doesNotContain("★");
  }

  @Test
  void whoFailsMoreIsNotTheBest() throws IOException {
    String tables = tables(run(10, Map.of("c001", 200.0, "c002", 260.0), 0.01, 6));

    assertThat(tables)
        .contains("No best is marked in north: the one with the least figure fails more");
  }

  @Test
  void whereTheRunPlannedToCompareItsVerdictDecides() throws IOException {
    RunDirectory faster = run(10, Map.of("c001", 200.0, "c002", 260.0), 0.01, 0);
    plan(faster, 0.05);
    assertThat(tables(faster)).contains("by the verdicts on what the run planned to compare");

    plan(faster, 0.5);
    assertThat(tables(faster))
        .contains("No best is marked in north: no verdict of the planned comparison says so")
        .doesNotContain("by the verdicts");
  }

  /** Only north's models are compared by plan; the change must reach the margin. */
  private static void plan(RunDirectory run, double margin) throws IOException {
    CleanRun.edit(
        run,
        manifest -> {
          var comparisons = manifest.putObject("comparisons");
          comparisons.putArray("metrics").add("ttft");
          comparisons.putObject("margins").put("p50", margin);
          comparisons
              .putArray("pairs")
              .addObject()
              .put("baseline", "c002")
              .put("candidate", "c001");
        });
  }

  private static String tables(RunDirectory run) throws IOException {
    return MarkdownSummary.render(ColumnLeaders.marked(run, Summary.read(run)));
  }

  private static String row(String tables, String model) {
    String matrix = tables.substring(tables.indexOf("## ttft p50 by model and provider"));
    return matrix
        .lines()
        .filter(line -> line.startsWith("| " + model + " "))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Blocks that drift together.
   *
   * @param levels a cell's median in milliseconds; 300 for those that are not named
   * @param failures how many streams of c001's rounds fail
   */
  private RunDirectory run(int blocks, Map<String, Double> levels, double errorMillis, int failures)
      throws IOException {
    Manifest manifest = SampleRun.manifest("models", blocks, CELLS);
    RunDirectory run = RunDirectory.create(directory.resolve("run"));
    run.writeManifest(manifest);
    SplittableRandom random = new SplittableRandom(11);
    double[] drift = random.doubles(blocks + 1, 0.9, 1.1).toArray();
    for (PlannedRound round : manifest.rounds()) {
      double level = drift[round.block()] * levels.getOrDefault(round.cell(), 300.0);
      List<StreamLine> lines = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        double ttft = level * (1 + 0.2 * random.nextGaussian() / Math.sqrt(STREAMS));
        lines.add(
            round.cell().equals("c001") && i < failures
                ? SampleRun.ended(round.round(), round.cell(), i, "http_5xx").build()
                : SampleRun.complete(round.round(), round.cell(), i, ttft, 10, 20).build());
      }
      SampleRun.write(run, round, lines, SampleRun.histograms(2_000, 10, errorMillis));
    }
    return run;
  }
}
