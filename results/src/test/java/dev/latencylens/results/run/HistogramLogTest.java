package dev.latencylens.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.results.SampleRun;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramLogTest {
  private static final Instant START = Instant.parse("2026-11-23T01:33:00.250Z");

  @Test
  void hdrHistogramsOwnReaderReadsEveryTag(@TempDir Path directory) throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));
    Histogram hostile = HistogramLog.newHistogram();
    hostile.recordValue(7);
    Histogram gaps = HistogramLog.newHistogram();
    gaps.recordValue(20_000_000);
    gaps.recordValue(3_600_000_000_000L);
    SignedHistogram errors = new SignedHistogram();
    errors.recordValue(-50);
    errors.recordValue(70);
    run.writeHistograms(
        "c001",
        9,
        HistogramLog.of(
            START,
            START.plusSeconds(2),
            Map.of(HistogramLog.GAP, gaps, "a tag, with = blanks\n", hostile),
            errors));

    Map<String, Long> counts = new HashMap<>();
    Path file = directory.resolve("run/histograms/c001/0009.hlog");
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      while (reader.hasNext()) {
        EncodableHistogram next = reader.nextIntervalHistogram();
        assertThat(next.getStartTimeStamp()).isEqualTo(START.toEpochMilli());
        assertThat(next.getEndTimeStamp()).isEqualTo(START.plusSeconds(2).toEpochMilli());
        counts.put(
            URLDecoder.decode(next.getTag(), StandardCharsets.UTF_8),
            ((Histogram) next).getTotalCount());
      }
    }
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "gap", 2L,
                "a tag, with = blanks\n", 1L,
                "instrument_error", 1L,
                "instrument_error_early", 1L));
  }

  @Test
  void readsBackWhatWasWritten(@TempDir Path directory) throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));

    HistogramLog log = run.readHistograms("c001", 1).orElseThrow();

    assertThat(log.started()).isEqualTo(SampleRun.STARTED);
    assertThat(log.finished()).isEqualTo(SampleRun.STARTED.plusSeconds(5));
    assertThat(log.histogram(HistogramLog.GAP)).map(Histogram::getTotalCount).contains(25_000L);
    assertThat(log.instrumentError().negativeCount()).isPositive();
    assertThat(log.instrumentError().totalCount()).isEqualTo(25_000);
    assertThat(run.readHistograms("c001", 77)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tag=gap,0.000,5.000,1.000,HISTFAAAnotBase64!!\n",
        "Tag=a b,c,0.000,5.000,1.000,HISTFAAA\n",
        "Tag=gap,0.0",
        "0.000,5.000\n",
        "\0\0\0"
      })
  void aDamagedLogIsNamed(String content, @TempDir Path directory) throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));
    Path file = directory.resolve("run/histograms/c001/0001.hlog");
    Files.writeString(file, content);

    assertThatThrownBy(() -> run.readHistograms("c001", 1))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("0001.hlog");
  }

  @Test
  void aCellIdCanNotLeaveTheDirectory(@TempDir Path directory) throws IOException {
    RunDirectory run = SampleRun.create(directory.resolve("run"));

    assertThatThrownBy(() -> run.readHistograms("../c001", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
