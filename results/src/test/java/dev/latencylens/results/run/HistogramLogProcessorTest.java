package dev.latencylens.results.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latencylens.results.RecordedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HdrHistogram's own command line tool reads each log of a run, and finds what we find. */
class HistogramLogProcessorTest {

  @Test
  void itsCountsAndPercentilesAreOurs(@TempDir Path directory) throws Exception {
    RunDirectory run =
        RunDirectory.open(RecordedRun.copy(RecordedRun.RECORDED, directory.resolve("run")));
    int compared = 0;
    for (PlannedRound round : run.manifest().rounds()) {
      HistogramLog log = run.readHistograms(round.cell(), round.round()).orElseThrow();
      Path file =
          run.path().resolve("histograms/%s/%04d.hlog".formatted(round.cell(), round.round()));
      for (Map.Entry<String, Histogram> metric : log.histograms().entrySet()) {
        List<String> last = processed(file, metric.getKey(), directory.resolve("processed"));

        Histogram ours = metric.getValue();
        assertThat(Long.parseLong(last.get(TOTAL_COUNT)))
            .as("%s of %s", metric.getKey(), file.getFileName())
            .isEqualTo(ours.getTotalCount());
        double p99 = ours.getValueAtPercentile(99);
        assertThat(Double.parseDouble(last.get(TOTAL_P99)))
            .as("p99 of %s", metric.getKey())
            .isCloseTo(p99, within(0.001 * p99 + 0.001));
        compared++;
      }
    }
    assertThat(compared).as("metrics of four rounds").isGreaterThan(60);
  }

  /** Places in the CSV that the tool writes, after the time and the interval's three figures. */
  private static final int TOTAL_COUNT = 5;

  private static final int TOTAL_P99 = 8;

  private static List<String> processed(Path log, String tag, Path to)
      throws IOException, InterruptedException {
    HistogramLogProcessor tool =
        new HistogramLogProcessor(
            new String[] {
              "-i",
              log.toString(),
              "-o",
              to.toString(),
              "-tag",
              tag,
              "-csv",
              "-outputValueUnitRatio",
              "1"
            });
    tool.start();
    tool.join();
    List<String> lines = Files.readAllLines(to, UTF_8);
    String heading =
        lines.stream().filter(line -> line.startsWith("\"Timestamp\"")).findFirst().orElseThrow();
    assertThat(heading.split(",", -1)[TOTAL_COUNT]).contains("Total_Count");
    assertThat(heading.split(",", -1)[TOTAL_P99]).contains("Total_99%");
    return List.of(lines.get(lines.size() - 1).split(",", -1));
  }
}
