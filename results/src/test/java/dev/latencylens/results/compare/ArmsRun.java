package dev.latencylens.results.compare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedComparisons;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A run of two arms with made-up times: log-normal, with a drift between blocks. */
public final class ArmsRun {
  public static final Map<String, Double> MARGINS = Map.of("p50", 0.05, "p95", 0.10, "p99", 0.25);

  private int blocks = 10;
  private int streams = 120;
  private double slowdown;
  private double dropped;
  private double errorMillis = 0.01;
  private int missing;
  private boolean censored;
  private String load = "closed 40 x 120";
  private boolean planned = true;
  private String name = "arms";

  ArmsRun named(String other) {
    name = other;
    return this;
  }

  public ArmsRun blocks(int count) {
    blocks = count;
    return this;
  }

  public ArmsRun slowedBy(double share) {
    slowdown = share;
    return this;
  }

  /** The candidate answers its slowest requests with an error. */
  ArmsRun dropping(double share) {
    dropped = share;
    return this;
  }

  ArmsRun withInstrumentError(double millis) {
    errorMillis = millis;
    return this;
  }

  /** The candidate's last rounds are not there. */
  ArmsRun missing(int rounds) {
    missing = rounds;
    return this;
  }

  /** The candidate's slowest requests run into the deadline. */
  ArmsRun cutOff() {
    censored = true;
    return this;
  }

  ArmsRun under(String other) {
    load = other;
    return this;
  }

  ArmsRun unplanned() {
    planned = false;
    return this;
  }

  public RunDirectory create(Path path) throws IOException {
    List<Cell> cells = List.of(cell("c001", "before"), cell("c002", "after"));
    RunDirectory run = RunDirectory.create(path);
    Manifest manifest = manifest(cells);
    run.writeManifest(manifest);
    SplittableRandom random = new SplittableRandom(7);
    for (int block = 1; block <= blocks; block++) {
      double drift = 0.05 * random.nextGaussian();
      for (PlannedRound round : manifest.rounds()) {
        boolean candidate = round.cell().equals("c002");
        if (round.block() == block && !(candidate && block > blocks - missing)) {
          double level = Math.log(200) + drift + 0.01 * random.nextGaussian();
          SampleRun.write(
              run,
              round,
              lines(round, candidate, level + (candidate ? Math.log1p(slowdown) : 0), random),
              SampleRun.histograms(2_000, 10, errorMillis));
        }
      }
    }
    return run;
  }

  private List<StreamLine> lines(
      PlannedRound round, boolean candidate, double level, SplittableRandom random) {
    double[] times = new double[streams];
    for (int i = 0; i < streams; i++) {
      times[i] = Math.exp(level + 0.2 * random.nextGaussian());
    }
    Arrays.sort(times);
    int kept = candidate ? (int) Math.round(streams * (1 - dropped)) : streams;
    int uncut = candidate && censored ? (int) Math.round(0.9 * streams) : streams;
    List<StreamLine> lines = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      if (i >= kept) {
        lines.add(SampleRun.ended(round.round(), round.cell(), i, "http_5xx").build());
      } else if (i >= uncut) {
        lines.add(
            SampleRun.ended(round.round(), round.cell(), i, "timeout_first_token")
                .time(StreamTime.LIMIT, 400_000_000)
                .build());
      } else {
        lines.add(SampleRun.complete(round.round(), round.cell(), i, times[i], 10, 20).build());
      }
    }
    return lines;
  }

  private Cell cell(String id, String arm) {
    return new Cell(
        id, "StreamBenchmark", "mine", "openai", "m", "default", load, "pooled", arm, "box");
  }

  private Manifest manifest(List<Cell> cells) {
    Manifest sample = SampleRun.manifest(name, blocks, cells);
    ObjectNode configuration = JsonNodeFactory.instance.objectNode();
    configuration.putObject("workload").put("name", "default");
    configuration.put("load", load);
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
        configuration,
        sample.simulated(),
        sample.priceFileDate(),
        sample.cells(),
        sample.rounds(),
        sample.notes(),
        Optional.empty(),
        Optional.empty(),
        planned
            ? Optional.of(
                new PlannedComparisons(
                    List.of("ttft"), MARGINS, List.of(new PlannedComparisons.Pair("c001", "c002"))))
            : Optional.empty());
  }
}
