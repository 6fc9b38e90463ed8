package dev.latencylens.results.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.stats.QuantileInterval;
import dev.latencylens.results.stats.Statistic;
import dev.latencylens.results.table.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellHistogramsTest {
  private static final long MILLI = 1_000_000;
  private static final Offset<Double> THREE_DIGITS = Offset.offset(0.3);

  private final Path directory;

  CellHistogramsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theInstrumentsUnitIsThatOfTheTable() throws IOException {
    CellHistograms histograms = histograms(200, 0, "");

    QuantileInterval ttft = histograms.interval(Metric.TTFT, 0.5);

    // Of 200 readings of 1 to 200 ms, the 86th to the 115th.
    assertThat(ttft.low().orElseThrow()).isCloseTo(86, THREE_DIGITS);
    assertThat(ttft.high().orElseThrow()).isCloseTo(115, THREE_DIGITS);
    assertThat(histograms.count(Metric.TTFT)).isEqualTo(200);
    Statistic p95 = histograms.firstTokenQuantile(0.95);
    assertThat(((Statistic.Value) p95).value() / MILLI).isCloseTo(190, THREE_DIGITS);
  }

  @Test
  void aRatesIntervalIsThatOfTheTimesTurnedRound() throws IOException {
    CellHistograms histograms = histograms(200, 0, "");

    QuantileInterval slow = histograms.interval(Metric.OUTPUT_TPS, 0.5);
    QuantileInterval fast = histograms.interval(Metric.OUTPUT_TPS, 0.9);

    assertThat(slow.low().orElseThrow()).isCloseTo(1000.0 / 115, Offset.offset(0.1));
    assertThat(slow.high().orElseThrow()).isCloseTo(1000.0 / 86, Offset.offset(0.1));
    assertThat(fast.low().orElseThrow()).isGreaterThan(slow.high().orElseThrow());
  }

  @Test
  void streamsThatADeadlineCutOffCountAsTheSlowest() throws IOException {
    CellHistograms few = histograms(210, 10, "outcome_timeout_first_token=10");
    CellHistograms many = histograms(260, 60, "outcome_timeout_first_token=60");

    assertThat(few.count(Metric.TTFT)).isEqualTo(210);
    // The 200th of 210 is the largest known.
    Statistic p95 = few.firstTokenQuantile(0.95);
    assertThat(((Statistic.Value) p95).value() / MILLI).isCloseTo(200, THREE_DIGITS);
    assertThat(few.interval(Metric.TTFT, 0.95).low()).isPresent();
    assertThat(few.interval(Metric.TTFT, 0.95).high()).isEmpty();
    assertThat(many.firstTokenQuantile(0.95)).isInstanceOf(Statistic.Absent.class);
    assertThat(few.interval(Metric.TTFT, 0.5).low().orElseThrow())
        .isGreaterThan(histograms(200, 0, "").interval(Metric.TTFT, 0.5).low().orElseThrow());
  }

  @Test
  void whatTheHistogramsHoldOfFailedStreamsTooHasNoInterval() throws IOException {
    CellHistograms histograms = histograms(210, 10, "outcome_connection_lost=10");

    assertThat(histograms.interval(Metric.TPOT, 0.5).low()).isEmpty();
    assertThat(histograms.interval(Metric.OUTPUT_TPS, 0.5).low()).isEmpty();
    assertThat(histograms.interval(Metric.TTFT, 0.5).low()).isPresent();
    assertThat(histograms.count(Metric.TTFT)).isEqualTo(200);
  }

  @Test
  void gapsOfOneStreamDependOnEachOtherAndHaveNoInterval() throws IOException {
    CellHistograms histograms = histograms(200, 0, "");

    assertThat(histograms.count(Metric.GAP)).isEqualTo(200);
    assertThat(histograms.interval(Metric.GAP, 0.5).low()).isEmpty();
    assertThat(histograms.interval(Metric.START_ERROR, 0.5).low()).isEmpty();
  }

  @Test
  void aPercentileOfTooFewReadingsIsNone() throws IOException {
    CellHistograms histograms = histograms(200, 0, "");

    assertThat(histograms.firstTokenQuantile(0.99)).isEqualTo(new Statistic.TooFew(200, 662));
    assertThat(histograms.interval(Metric.TTFT, 0.999).high()).isEmpty();
  }

  /** Of 200 readings of 1 to 200 ms in two rounds, whatever the table says. */
  private CellHistograms histograms(int streams, int errors, String notes) throws IOException {
    Path path = directory.resolve("run-" + streams + errors + notes.length());
    Manifest manifest =
        SampleRun.manifest("x", 2, List.of(SampleRun.cell("c001", "openai", "gpt")));
    RunDirectory run = RunDirectory.create(path);
    run.writeManifest(manifest);
    for (int round = 1; round <= 2; round++) {
      Map<String, Histogram> metrics = new TreeMap<>();
      for (String metric : List.of("ttft", "tpot", "gap")) {
        Histogram histogram = HistogramLog.newHistogram();
        for (int i = round; i <= 200; i += 2) {
          histogram.recordValue(i * MILLI);
        }
        metrics.put(metric, histogram);
      }
      run.writeHistograms(
          "c001", round, HistogramLog.of(SampleRun.STARTED, SampleRun.STARTED, metrics));
    }
    ReleaseRow row =
        ReleaseRow.of(
            manifest.cells().get(0),
            Map.of("streams", Integer.toString(streams), "errors", Integer.toString(errors)),
            notes);
    return CellHistograms.read(new Release("x", run, manifest, List.of(row)), row);
  }
}
