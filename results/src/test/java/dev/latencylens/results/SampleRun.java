package dev.latencylens.results;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.ClockAnchor;
import dev.latencylens.results.run.GitRevision;
import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.Jvm;
import dev.latencylens.results.run.Machine;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.SignedHistogram;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLineBuilder;
import dev.latencylens.results.run.StreamLogWriter;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** A small run made by the writers, with made-up readings that are easy to check by hand. */
public final class SampleRun {
  /** When it began. */
  public static final Instant STARTED = Instant.parse("2026-11-23T01:33:00Z");

  /** Of the requests of each round of the first block. */
  public static final String REQUESTS_SHA256 = "a0".repeat(32);

  /** Of their schedules. */
  public static final String SCHEDULE_SHA256 = "b1".repeat(32);

  private static final long MILLI = 1_000_000;

  private SampleRun() {}

  /** A cell of the simulator. */
  public static Cell cell(String id, String provider, String model) {
    return new Cell(
        id,
        "StreamBenchmark",
        provider,
        provider,
        model,
        "hello",
        "closed-50",
        "warm HTTP/1.1",
        "",
        "box");
  }

  /**
   * A manifest of some cells, with one round of each cell in each block. Only the first block's
   * rounds have hashes.
   */
  public static Manifest manifest(String name, int blocks, List<Cell> cells) {
    List<PlannedRound> rounds = new ArrayList<>();
    for (int block = 1; block <= blocks; block++) {
      for (Cell cell : cells) {
        Optional<String> requests = block == 1 ? Optional.of(REQUESTS_SHA256) : Optional.empty();
        rounds.add(
            new PlannedRound(
                rounds.size() + 1,
                block,
                cell.id(),
                requests,
                requests.map(hash -> SCHEDULE_SHA256)));
      }
    }
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        name,
        STARTED,
        Optional.of(STARTED.plusSeconds(60)),
        new ClockAnchor(1_795_397_580_000_000_000L, 5_000),
        42,
        blocks,
        Optional.of(new GitRevision("0123456789abcdef0123456789abcdef01234567", true)),
        "0.1.0",
        new Machine("box", "Linux amd64", "6.1", "Test CPU", 2, 8L << 30, "performance"),
        new Jvm("17.0.15+6", "Debian", "G1", List.of("-Xmx1g")),
        Map.of("httpclient5", "5.6"),
        JsonNodeFactory.instance.objectNode().put("seed", 42),
        true,
        Optional.empty(),
        cells,
        rounds,
        List.of());
  }

  /** A stream that went well: times in milliseconds. */
  public static StreamLineBuilder complete(
      int round, String cell, int number, double ttft, double gap, int tokens) {
    long first = Math.round(ttft * MILLI);
    long last = first + Math.round(gap * MILLI * (tokens - 1));
    return StreamLine.builder(round, cell, cell + "-" + round + "-" + number, "complete")
        .time(StreamTime.INTENDED_START, 1_000L * number)
        .time(StreamTime.RELEASE, 1_000L * number)
        .time(StreamTime.ACTUAL_START, 1_000L * number + 10)
        .time(StreamTime.TTFB, first)
        .time(StreamTime.TTFT, first)
        .time(StreamTime.TTFAT, first)
        .time(StreamTime.E2E, last)
        .time(StreamTime.TOTAL, last + MILLI)
        .tpotNanos(OptionalDouble.of(gap * MILLI))
        .count(StreamCount.CONTENT_EVENTS, tokens)
        .count(StreamCount.CONTENT_READS, tokens)
        .count(StreamCount.COALESCED_EVENTS, 0)
        .count(StreamCount.INPUT_TOKENS, 12)
        .count(StreamCount.OUTPUT_TOKENS, tokens)
        .count(StreamCount.STREAMED_TOKENS, tokens)
        .text(StreamText.HTTP_VERSION, "HTTP/1.1")
        .text(StreamText.CONNECTION, "warm");
  }

  /** A stream that ended otherwise. */
  public static StreamLineBuilder ended(int round, String cell, int number, String outcome) {
    return StreamLine.builder(round, cell, cell + "-" + round + "-x" + number, outcome)
        .time(StreamTime.INTENDED_START, 1_000L * number)
        .time(StreamTime.RELEASE, 1_000L * number);
  }

  /** Writes a round: its streams, its histograms, and at last its file. */
  public static void write(
      RunDirectory run, PlannedRound planned, List<StreamLine> lines, HistogramLog histograms)
      throws IOException {
    Map<String, Long> outcomes = new TreeMap<>();
    try (StreamLogWriter log = run.appendStreams()) {
      for (StreamLine line : lines) {
        log.write(line);
        outcomes.merge(line.outcome(), 1L, Long::sum);
      }
    }
    run.writeHistograms(planned.cell(), planned.round(), histograms);
    run.writeRound(round(planned, outcomes));
  }

  /** A finished round with the given account. */
  public static Round round(PlannedRound planned, Map<String, Long> outcomes) {
    long all = outcomes.values().stream().mapToLong(Long::longValue).sum();
    return new Round(
        planned.round(),
        planned.block(),
        planned.cell(),
        STARTED,
        STARTED.plusSeconds(5),
        Round.Status.FINISHED,
        Optional.empty(),
        JsonNodeFactory.instance.arrayNode(),
        Map.of("gc_pause_ms", 1.5),
        new InstrumentReading(InstrumentReading.Source.LEDGER, 1000),
        new Account(all, all - outcomes.getOrDefault("refused_by_limit", 0L), outcomes),
        Optional.empty());
  }

  /** Histograms of a round: {@code n} gaps around a time, and {@code n} errors. */
  public static HistogramLog histograms(int n, double gapMillis, double errorMillis) {
    Histogram gaps = HistogramLog.newHistogram();
    SignedHistogram errors = new SignedHistogram();
    for (int i = 0; i < n; i++) {
      gaps.recordValue(Math.round(gapMillis * MILLI * (0.8 + 0.4 * i / n)));
      errors.recordValue(Math.round(errorMillis * MILLI * (i - 0.1 * n) / (0.9 * n)));
    }
    return HistogramLog.of(STARTED, STARTED.plusSeconds(5), Map.of(HistogramLog.GAP, gaps), errors);
  }

  /**
   * A run of four cells and two blocks: one with all numbers, one with timeouts and longer answers,
   * one with few streams and a late instrument, one in which nothing worked; the last round is
   * missing, as the run was killed.
   */
  public static RunDirectory create(Path path) throws IOException {
    List<Cell> cells =
        List.of(
            cell("c001", "openai", "gpt-4o-mini"),
            cell("c002", "anthropic", "claude-haiku"),
            cell("c003", "gemini", "gemini-flash"),
            cell("c004", "openai", "=gone|`<b>\u202Emodel"));
    Manifest manifest = manifest("sample", 2, cells);
    RunDirectory run = RunDirectory.create(path);
    run.writeManifest(manifest);
    for (PlannedRound planned : manifest.rounds()) {
      List<StreamLine> lines = new ArrayList<>();
      int round = planned.round();
      switch (planned.cell()) {
        case "c001" -> {
          for (int i = 0; i < 400; i++) {
            lines.add(complete(round, "c001", i, 200 + i * 0.25, 20 + i * 0.01, 64).build());
          }
          write(run, planned, lines, histograms(25_000, 20, 0.06));
        }
        case "c002" -> {
          for (int i = 0; i < 350; i++) {
            lines.add(complete(round, "c002", i, 310 + i * 0.5, 11, 128).build());
          }
          for (int i = 0; i < 20; i++) {
            lines.add(
                ended(round, "c002", i, "timeout_first_token")
                    .time(StreamTime.TOTAL, 10_001 * MILLI)
                    .time(StreamTime.LIMIT, 10_000 * MILLI)
                    .build());
          }
          lines.add(ended(round, "c002", 99, "refused_by_limit").build());
          write(run, planned, lines, histograms(25_000, 11, 0.05));
        }
        case "c003" -> {
          for (int i = 0; i < 40; i++) {
            lines.add(complete(round, "c003", i, 90 + i, 4, 64).build());
          }
          write(run, planned, lines, histograms(2_000, 4, 9));
        }
        default -> {
          if (planned.block() == 1) {
            for (int i = 0; i < 5; i++) {
              lines.add(ended(round, "c004", i, "connect_failed").build());
            }
            lines.add(ended(round, "c004", 9, "not_known|yet").build());
            HistogramLog none = HistogramLog.of(STARTED, STARTED, Map.of());
            write(run, planned, lines, none);
          }
        }
      }
    }
    return run;
  }
}
