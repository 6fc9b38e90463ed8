package dev.latencylens.results.page;

import dev.latencylens.results.CleanRun;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.Objectives;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamTime;
import dev.latencylens.results.table.Summary;
import dev.latencylens.results.table.SweepTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** A made-up sweep: three rates of one target, of which the last is too much for it. */
final class SweptRates {
  static final double[] RATES = {5, 10, 20};
  static final long OBJECTIVE_MILLIS = 250;
  private static final long[] FIRST_TOKEN_MILLIS = {100, 120, 900};
  private static final long MILLI = 1_000_000;
  private static final int STREAMS = 700;

  private final SweepTable table = new SweepTable();
  private final Summary last;

  SweptRates(Path directory, String target) throws IOException {
    Summary summary = null;
    for (int i = 0; i < RATES.length; i++) {
      RunDirectory run = run(directory.resolve("probe-0" + (i + 1)), target, i);
      summary = Summary.read(run);
      table.add(summary.rows().get(0), RATES[i], 0.99, run.path());
    }
    last = Objects.requireNonNull(summary);
  }

  String page() throws IOException {
    return SweepPage.render(table, last);
  }

  SweepTable table() {
    return table;
  }

  private static RunDirectory run(Path path, String target, int rate) throws IOException {
    Cell cell =
        new Cell("c001", "LoadBenchmark", target, "p", "m", "w", "constant", "pooled", "", "box");
    RunDirectory run = RunDirectory.create(path);
    Manifest manifest = withObjectives(SampleRun.manifest("rates", 1, List.of(cell)));
    run.writeManifest(manifest);
    List<StreamLine> lines = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      long first = FIRST_TOKEN_MILLIS[rate] + i * i / 20_000;
      lines.add(
          SampleRun.complete(1, "c001", i, (double) first, 10, 20)
              .time(StreamTime.RESPONSE_TTFT, first * MILLI)
              .build());
    }
    SampleRun.write(run, manifest.rounds().get(0), lines, SampleRun.histograms(2_000, 10, 0.01));
    CleanRun.edit(
        run.path().resolve("rounds/0001.json"),
        round ->
            round
                .putObject("load")
                .put("offered", STREAMS)
                .put("started", STREAMS)
                .put("within", STREAMS)
                .put("waited", 0)
                .put("longest_queue", 1)
                .put("window_seconds", STREAMS / RATES[rate]));
    return run;
  }

  private static Manifest withObjectives(Manifest sample) {
    return new Manifest(
        sample.schemaVersion(),
        sample.name(),
        sample.started(),
        sample.finished(),
        sample.clock(),
        sample.seed(),
        sample.blocks(),
        sample.git(),
        sample.suiteVersion(),
        sample.machine(),
        sample.jvm(),
        sample.packages(),
        sample.configuration(),
        sample.simulated(),
        sample.priceFileDate(),
        sample.cells(),
        sample.rounds(),
        sample.notes(),
        Optional.empty(),
        Optional.of(
            new Objectives(OptionalLong.of(OBJECTIVE_MILLIS * MILLI), OptionalLong.empty(), 0.99)),
        Optional.empty());
  }
}
