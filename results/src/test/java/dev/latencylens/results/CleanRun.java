package dev.latencylens.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.audit.AuditEntry;
import dev.latencylens.results.audit.AuditFile;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.run.StreamLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** A run against which nothing speaks: two cells, two blocks, 100 streams a round. */
public final class CleanRun {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MILLI = 1_000_000;
  private static final int STREAMS = 100;

  private CleanRun() {}

  /**
   * Writes it.
   *
   * @param ttft the least time to the first token, in milliseconds; the most is 25 ms more
   */
  public static RunDirectory create(Path path, Instant started, double ttft) throws IOException {
    List<Cell> cells =
        List.of(
            SampleRun.cell("c001", "openai", "gpt"), SampleRun.cell("c002", "anthropic", "claude"));
    Manifest manifest = SampleRun.manifest("clean", 2, cells);
    RunDirectory run = RunDirectory.create(path);
    run.writeManifest(manifest);
    for (PlannedRound planned : manifest.rounds()) {
      List<StreamLine> lines = new ArrayList<>();
      double first = planned.cell().equals("c001") ? ttft : 2 * ttft;
      for (int i = 0; i < STREAMS; i++) {
        lines.add(
            SampleRun.complete(planned.round(), planned.cell(), i, first + i * 0.25, 10, 64)
                .build());
      }
      SampleRun.write(run, planned, lines, histograms(first));
    }
    edit(
        run,
        json -> {
          json.put("started", started.toString());
          json.put("finished", started.plusSeconds(60).toString());
          ((ObjectNode) json.get("clock")).put("nano_time", started.getEpochSecond());
          ((ObjectNode) json.get("git")).put("dirty", false);
        });
    AuditFile audit = AuditFile.of(path);
    audit.begin();
    audit.append(List.of(AuditEntry.of(started, "run_start")));
    audit.seal();
    return run;
  }

  private static HistogramLog histograms(double first) {
    Histogram ttft = HistogramLog.newHistogram();
    Histogram tpot = HistogramLog.newHistogram();
    Histogram gap = HistogramLog.newHistogram();
    SignedHistogram error = new SignedHistogram();
    for (int i = 0; i < STREAMS; i++) {
      ttft.recordValue(Math.round((first + i * 0.25) * MILLI));
      tpot.recordValue(10 * MILLI);
      gap.recordValue(10 * MILLI);
    }
    for (int i = 0; i < 1000; i++) {
      error.recordValue(20_000 + i * 10);
    }
    return HistogramLog.of(
        SampleRun.STARTED,
        SampleRun.STARTED.plusSeconds(5),
        Map.of("ttft", ttft, "tpot", tpot, "gap", gap),
        error);
  }

  /** Changes the manifest as somebody with an editor could. */
  public static void edit(RunDirectory run, Consumer<ObjectNode> change) throws IOException {
    edit(run.path().resolve("manifest.json"), change);
  }

  /** Changes a file of JSON. */
  public static void edit(Path file, Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
    change.accept(json);
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
  }

  /** As measured on another machine. */
  public static void on(RunDirectory run, String machine) throws IOException {
    edit(
        run,
        json -> {
          ((ObjectNode) json.get("machine")).put("id", machine);
          json.get("cells").forEach(cell -> ((ObjectNode) cell).put("machine", machine));
        });
  }
}
