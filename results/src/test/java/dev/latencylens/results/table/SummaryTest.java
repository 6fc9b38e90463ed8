package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogWriter;
import dev.latencylens.results.run.StreamTime;
import dev.latencylens.results.stats.Percentile;
import dev.latencylens.results.stats.Statistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  private static final long MILLI = 1_000_000;
  private static final PlannedRound FIRST = new PlannedRound(1, 1, "c001");

  private final Path directory;

  SummaryTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aStreamCutOffBeforeItsFirstTokenIsACensoredReading() throws IOException {
    SummaryRow row = rowOf(90, cutOff("timeout_total", 20, 5_000, 5_001));

    assertThat(row.statistic(Metric.TTFT, Percentile.P90))
        .isEqualTo(new Statistic.Censored(5_000.0 * MILLI));
    assertThat(row.statistic(Metric.TPOT, Percentile.P90)).isInstanceOf(Statistic.Value.class);
    assertThat(row.streams()).isEqualTo(110);
    assertThat(row.errors()).isEqualTo(20);
  }

  @Test
  void theIdleDeadlineBoundsByHowLongTheStreamHadLasted() throws IOException {
    SummaryRow row = rowOf(90, cutOff("timeout_idle", 20, 1_000, 7_500));

    assertThat(row.statistic(Metric.E2E, Percentile.P90))
        .isEqualTo(new Statistic.Censored(7_500.0 * MILLI));
  }

  @Test
  void aTimedOutStreamKeepsTheFirstTokenItHad() throws IOException {
    List<StreamLine> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add(
          SampleRun.ended(1, "c001", i, "timeout_idle")
              .time(StreamTime.TTFT, 900 * MILLI)
              .time(StreamTime.E2E, 950 * MILLI)
              .time(StreamTime.TOTAL, 2_000 * MILLI)
              .time(StreamTime.LIMIT, 1_000 * MILLI)
              .build());
    }
    SummaryRow row = rowOf(90, lines);

    assertThat(row.statistic(Metric.TTFT, Percentile.P90))
        .isEqualTo(new Statistic.Value(900.0 * MILLI));
    assertThat(row.statistic(Metric.E2E, Percentile.P90)).isInstanceOf(Statistic.Censored.class);
  }

  @Test
  void otherFailuresGiveNoEndAndStillCountAsErrors() throws IOException {
    List<StreamLine> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add(
          SampleRun.ended(1, "c001", i, "connection_lost")
              .time(StreamTime.E2E, MILLI)
              .time(StreamTime.TOTAL, MILLI)
              .build());
    }
    SummaryRow row = rowOf(64, lines);

    // Were the lost streams' ends counted, the row would look faster for its failures.
    assertThat(row.statistic(Metric.E2E, Percentile.P50))
        .isInstanceOfSatisfying(
            Statistic.Value.class, value -> assertThat(value.value()).isGreaterThan(1e9));
    assertThat(row.statistic(Metric.TTFT, Percentile.P99)).isEqualTo(new Statistic.TooFew(64, 662));
    assertThat(row.errors()).isEqualTo(200);
  }

  @Test
  void refusedStreamsWereNotStarted() throws IOException {
    SummaryRow row = rowOf(5, List.of(SampleRun.ended(1, "c001", 0, "refused_by_limit").build()));

    assertThat(row.streams()).isEqualTo(5);
    assertThat(row.errors()).isZero();
    assertThat(row.outcomes()).isEqualTo(Map.of("complete", 5L, "refused_by_limit", 1L));
  }

  @Test
  void lateNeedsBothAShareAndATenthOfAMillisecond() throws IOException {
    assertThat(rowWithError(20, 1.2).late(Metric.GAP, Percentile.P99)).isTrue();
    assertThat(rowWithError(20, 0.9).late(Metric.GAP, Percentile.P99)).isFalse();
    assertThat(rowWithError(1, 0.099).late(Metric.GAP, Percentile.P99)).isFalse();
    assertThat(rowWithError(1, 0.12).late(Metric.GAP, Percentile.P99)).isTrue();
  }

  @Test
  void lateIsJudgedPercentileByPercentile() throws IOException {
    SummaryRow row = rowWithError(20, 1.5);

    assertThat(row.late(Metric.GAP, Percentile.P50)).isFalse();
    assertThat(row.late(Metric.GAP, Percentile.P99)).isTrue();
    assertThat(row.late(Metric.TTFT, Percentile.P99)).isFalse();
  }

  @Test
  void aRoundThatFailedIsLeftOutAndTold() throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));
    Round last = run.rounds().rounds().get(0);
    run.writeRound(
        new Round(
            last.round(),
            last.block(),
            last.cell(),
            last.started(),
            last.finished(),
            Round.Status.FAILED,
            Optional.of("the fork died"),
            last.jmh(),
            last.health(),
            last.instrument(),
            last.account(),
            Optional.empty()));

    Summary summary = Summary.read(run);

    assertThat(summary.rows().get(0).streams()).isEqualTo(400);
    assertThat(summary.somethingFailed()).isTrue();
    assertThat(MarkdownSummary.render(summary))
        .contains("Round 1 (c001) failed")
        .contains("the fork died");
    assertThat(CsvSummary.render(summary)).contains("rounds=1/2");
  }

  @Test
  void anAccountThatDoesNotMatchTheLogIsTold() throws IOException {
    RunDirectory run = emptyRun(SampleRun.cell("c001", "openai", "gpt"));
    run.writeHistograms("c001", 1, SampleRun.histograms(10, 20, 0.01));
    run.writeRound(SampleRun.round(FIRST, Map.of("complete", 7L)));

    assertThat(Summary.read(run).warnings())
        .singleElement()
        .asString()
        .contains("round 1 accounts for 7 streams, but the log of streams has 0");
  }

  @Test
  void missingHistogramsAreTold() throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));
    Files.delete(run.path().resolve("histograms/c001/0001.hlog"));
    Files.writeString(run.path().resolve("histograms/c002/0002.hlog"), "Tag=gap,0,0,0,HISTx\n");

    assertThat(Summary.read(run).warnings())
        .anySatisfy(warning -> assertThat(warning).contains("round 1 has no histograms"))
        .anySatisfy(warning -> assertThat(warning).contains("histograms/c002/0002.hlog"));
  }

  @Test
  void answersOfDifferentLengthAreNotComparedEndToEnd() throws IOException {
    Summary summary = Summary.read(SampleRun.create(directory.resolve("run")));

    assertThat(MarkdownSummary.render(summary)).contains("e2e can't be compared between");
    assertThat(CsvSummary.render(summary)).contains("e2e=lengths_differ");
  }

  @Test
  void aHundredThousandStreamsAreSummedUp() throws IOException {
    RunDirectory run = emptyRun(SampleRun.cell("c001", "openai", "gpt"));
    int streams = 100_000;
    try (StreamLogWriter log = run.appendStreams()) {
      for (int i = 0; i < streams; i++) {
        log.write(SampleRun.complete(1, "c001", i, 100 + i * 0.001, 20, 64).build());
      }
    }
    run.writeHistograms("c001", 1, SampleRun.histograms(1_000, 20, 0.01));
    run.writeRound(SampleRun.round(FIRST, Map.of("complete", (long) streams)));

    SummaryRow row = Summary.read(run).rows().get(0);

    assertThat(row.streams()).isEqualTo(streams);
    assertThat(((Statistic.Value) row.statistic(Metric.TTFT, Percentile.P50)).value())
        .isCloseTo(149.9995 * MILLI, within(1.0));
  }

  private static List<StreamLine> cutOff(String outcome, int n, long limit, long total) {
    List<StreamLine> lines = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      lines.add(
          SampleRun.ended(1, "c001", i, outcome)
              .time(StreamTime.LIMIT, limit * MILLI)
              .time(StreamTime.TOTAL, total * MILLI)
              .build());
    }
    return lines;
  }

  private SummaryRow rowOf(int complete, List<StreamLine> others) throws IOException {
    List<StreamLine> lines = new ArrayList<>(others);
    for (int i = 0; i < complete; i++) {
      lines.add(SampleRun.complete(1, "c001", i, 200 + i, 20, 64).build());
    }
    return row(lines, SampleRun.histograms(1_000, 20, 0.01));
  }

  private SummaryRow rowWithError(double gapMillis, double errorMillis) throws IOException {
    List<StreamLine> lines = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      lines.add(SampleRun.complete(1, "c001", i, 200, 20, 64).build());
    }
    // All gaps alike; nine in ten errors none, the others of the given size.
    HistogramLog log = HistogramFixture.of(gapMillis, errorMillis);
    return row(lines, log);
  }

  private SummaryRow row(List<StreamLine> lines, HistogramLog histograms) throws IOException {
    RunDirectory run = emptyRun(SampleRun.cell("c001", "openai", "gpt"));
    SampleRun.write(run, FIRST, lines, histograms);
    Summary summary = Summary.read(run);
    assertThat(summary.warnings()).isEmpty();
    return summary.rows().get(0);
  }

  private RunDirectory emptyRun(Cell cell) throws IOException {
    Manifest manifest = SampleRun.manifest("one", 1, List.of(cell));
    RunDirectory run = RunDirectory.create(Files.createTempDirectory(directory, "run"));
    run.writeManifest(manifest);
    return run;
  }
}
