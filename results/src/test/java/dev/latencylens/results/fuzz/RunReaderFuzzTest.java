package dev.latencylens.results.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latencylens.results.run.EncodedGaps;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.RoundFiles;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.RunFormatException;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Any file of a run ends in values or in a message for a person, in memory that follows from its
 * size.
 */
final class RunReaderFuzzTest {
  private static final Allocation ALLOCATION = new Allocation(16 << 20, 16 << 10);

  private static final MemoryRun MANIFEST = MemoryRun.withFile("manifest.json");
  private static final MemoryRun ROUND = MemoryRun.withFile("rounds", "0001.json");
  private static final MemoryRun STREAMS = MemoryRun.withFile("streams.jsonl");
  private static final MemoryRun HISTOGRAMS =
      MemoryRun.withFile("histograms", MemoryRun.CELL, "0001.hlog");

  @FuzzTest
  @DictionaryFile(resourcePath = "run.dict")
  void manifest(final byte[] file) throws IOException {
    MANIFEST.write(file);
    ALLOCATION.hold(file.length, RunReaderFuzzTest::readManifest);
  }

  private static void readManifest() throws IOException {
    try {
      final Manifest manifest = RunDirectory.open(MANIFEST.run().path()).manifest();
      require(manifest.schemaVersion() == Manifest.SCHEMA_VERSION, "a manifest of no version");
      // What a reader of the value may do must not fail either.
      final String shown = manifest + " " + manifest.keepUntil();
      require(!shown.isEmpty(), "a manifest without text");
    } catch (final RunFormatException e) {
      requireMessage(e);
    }
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "run.dict")
  void round(final byte[] file) throws IOException {
    ROUND.write(file);
    ALLOCATION.hold(file.length, RunReaderFuzzTest::readRound);
  }

  private static void readRound() throws IOException {
    final RoundFiles rounds = ROUND.run().rounds();
    require(
        rounds.rounds().size() + rounds.warnings().size() == 1,
        "a round is neither read nor warned of");
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "run.dict")
  void streams(final byte[] file) throws IOException {
    STREAMS.write(file);
    ALLOCATION.hold(file.length, () -> readStreams(file.length));
  }

  private static void readStreams(final int fileBytes) throws IOException {
    int lines = 0;
    try (StreamLogReader reader = STREAMS.run().readStreams(List.of(STREAMS.round()))) {
      for (Optional<StreamLine> line = reader.next(); line.isPresent(); line = reader.next()) {
        require(line.get().round() == 1, "a line of another round");
        lines++;
      }
      require(reader.warnings().size() <= 3 + fileBytes / 8, "more warnings than lines");
    }
    require(lines <= fileBytes / 8, "more streams than lines");
  }

  /** A log as it stands on disk, or the inner bytes of one histogram. */
  @FuzzTest
  @DictionaryEntries({"Tag=gap,", "#[StartTime: 1.0 (seconds", "#[BaseTime: 0.0 (s", ",", "HISTF"})
  void histograms(final byte[] input) throws IOException {
    final boolean inner = EncodedHistogram.isPlain(input);
    HISTOGRAMS.write(inner ? EncodedHistogram.logOf(EncodedHistogram.text(input), input) : input);
    ALLOCATION.hold(input.length, RunReaderFuzzTest::readHistograms);
  }

  private static void readHistograms() throws IOException {
    try {
      final HistogramLog log = HISTOGRAMS.run().readHistograms(MemoryRun.CELL, 1).orElseThrow();
      for (final Histogram histogram : log.histograms().values()) {
        useQuantiles(histogram);
      }
      final SignedHistogram error = log.instrumentError();
      require(error.valueAtQuantile(0.5) != Long.MIN_VALUE, "a quantile that can't be negated");
    } catch (final RunFormatException e) {
      requireMessage(e);
    }
  }

  /** The text of one stream's gaps, or the inner bytes of the histogram. */
  @FuzzTest
  void gaps(final byte[] input) {
    final String text =
        EncodedHistogram.isPlain(input)
            ? EncodedHistogram.text(input)
            : new String(input, ISO_8859_1);
    ALLOCATION.hold(
        input.length,
        () -> {
          try {
            useQuantiles(EncodedGaps.decode(text));
          } catch (final RunFormatException e) {
            requireMessage(e);
          }
        });
  }

  /** Made-up counts may give any quantile, but asking for it must not fail. */
  private static void useQuantiles(final Histogram histogram) {
    require(histogram.getValueAtPercentile(99) >= 0, "a quantile below zero");
  }

  private static void requireMessage(final RunFormatException e) {
    require(!String.valueOf(e.getMessage()).isBlank(), "refused without a reason");
  }

  private static void require(final boolean holds, final String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
