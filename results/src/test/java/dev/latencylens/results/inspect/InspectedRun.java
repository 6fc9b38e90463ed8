package dev.latencylens.results.inspect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.LongGap;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLogWriter;
import dev.latencylens.results.run.StreamText;
import dev.latencylens.results.run.StreamTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A run of two cells and two blocks whose streams went through all that a stream can. */
final class InspectedRun {
  private static final long MILLI = 1_000_000;

  private InspectedRun() {}

  static RunDirectory create(Path path) throws IOException {
    Manifest manifest =
        SampleRun.manifest(
            "inspected",
            2,
            List.of(
                SampleRun.cell("c001", "openai", "gpt-4o-mini"),
                SampleRun.cell("c002", "anthropic", "claude-haiku")));
    RunDirectory run = RunDirectory.create(path);
    run.writeManifest(manifest);
    for (PlannedRound planned : manifest.rounds()) {
      List<StreamLine> lines =
          planned.cell().equals("c001") ? steady(planned.round()) : troubled(planned.round());
      try (StreamLogWriter log = run.appendStreams()) {
        for (StreamLine line : lines) {
          log.write(line);
        }
      }
      run.writeHistograms(
          planned.cell(), planned.round(), SampleRun.histograms(100, 20, 0.5 * planned.round()));
      run.writeRound(round(planned, lines.size()));
    }
    return run;
  }

  /** Forty streams; the first opened its connection and had to wait, with a long gap. */
  private static List<StreamLine> steady(int round) {
    List<StreamLine> lines = new ArrayList<>();
    lines.add(
        SampleRun.complete(round, "c001", 0, 250, 20, 64)
            .time(StreamTime.QUEUE, 12 * MILLI)
            .time(StreamTime.LEASE, MILLI / 2)
            .time(StreamTime.DNS, 3 * MILLI)
            .time(StreamTime.CONNECT, 14 * MILLI)
            .time(StreamTime.TLS, 31 * MILLI)
            .time(StreamTime.TTFB, 240 * MILLI)
            .time(StreamTime.MAX_GAP, 180 * MILLI)
            .count(StreamCount.COALESCED_EVENTS, 6)
            .text(StreamText.CONNECTION, "cold")
            .text(StreamText.HELD_BY, "run:requests_per_second")
            .longestGaps(
                List.of(
                    new LongGap(410 * MILLI, 9, 180 * MILLI),
                    new LongGap(700 * MILLI, 21, 45 * MILLI),
                    new LongGap(250 * MILLI, 2, 21 * MILLI)))
            .httpStatus(OptionalInt.of(200))
            .build());
    for (int i = 1; i < 40; i++) {
      lines.add(
          SampleRun.complete(round, "c001", i, 200 + i + round * 0.1, 20, 64)
              .time(StreamTime.QUEUE, 0)
              .time(StreamTime.LEASE, MILLI / 10)
              .time(StreamTime.MAX_GAP, (20 + i) * MILLI)
              .longestGaps(List.of(new LongGap(300 * MILLI, 5, (20 + i) * MILLI)))
              .build());
    }
    return lines;
  }

  /** Streams that a deadline cut off, one that was reset, one refused, one of an odd name. */
  private static List<StreamLine> troubled(int round) {
    return List.of(
        SampleRun.ended(round, "c002", 1, "timeout_first_token")
            .time(StreamTime.TOTAL, 10_001 * MILLI)
            .time(StreamTime.LIMIT, 10_000 * MILLI)
            .text(StreamText.CONNECTION, "warm")
            .build(),
        SampleRun.complete(round, "c002", 2, 310, 11, 40)
            .text(StreamText.ERROR, "https://service:443 closed the connection")
            .build(),
        StreamLine.builder(round, "c002", "c002-" + round + "-lost", "connection_lost")
            .time(StreamTime.TTFT, 290 * MILLI)
            .time(StreamTime.TOTAL, 800 * MILLI)
            .text(
                StreamText.ERROR,
                "https://service:443 closed the connection before the stream's end")
            .build(),
        StreamLine.builder(round, "c002", "\u001b[2J\u202e|" + "x".repeat(400), "complete")
            .time(StreamTime.TTFT, 1_500_000 * MILLI)
            .time(StreamTime.TOTAL, 1_600_000 * MILLI)
            .build(),
        SampleRun.ended(round, "c002", 9, "refused_by_limit").build());
  }

  private static Round round(PlannedRound planned, int streams) {
    return new Round(
        planned.round(),
        planned.block(),
        planned.cell(),
        SampleRun.STARTED,
        SampleRun.STARTED.plusSeconds(5),
        Round.Status.FINISHED,
        Optional.empty(),
        JsonNodeFactory.instance.arrayNode(),
        Map.of(
            "gc_count",
            (double) planned.round(),
            "gc_ms",
            7.25,
            "safepoint_max_ms",
            6.1,
            "hiccup_p99_ms",
            0.4,
            "hiccup_max_ms",
            11.75,
            "steal_ticks",
            3.0),
        planned.round() == 4
            ? InstrumentReading.NONE
            : new InstrumentReading(InstrumentReading.Source.CANARY, 100),
        new Account(streams, streams, Map.of("complete", (long) streams)),
        Optional.empty());
  }
}
