package dev.latencylens.results.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.results.SampleRun;
import dev.latencylens.results.run.Cell;
import dev.latencylens.results.run.Manifest;
import dev.latencylens.results.run.PlannedRound;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLineBuilder;
import dev.latencylens.results.run.StreamTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs with something in each part of the page: prices, failures, queues, and names that attack.
 */
final class PublishedRun {
  static final String HOSTILE =
      "</script><script>window.hostile=1</script><img src=x onerror=window.hostile=1>{a|b}=cmd()\u202Eevil";

  static final String LONG = "long-".repeat(60);

  static final String USER = "jane.doe@example.com";

  private static final long MILLI = 1_000_000;

  private PublishedRun() {}

  /** Four cells, two blocks, 400 streams a round. */
  static RunDirectory create(Path path) throws IOException {
    List<Cell> cells =
        List.of(
            SampleRun.cell("c001", "openai", "gpt-4o-mini"),
            SampleRun.cell("c002", "anthropic", "claude-haiku").withSubject(Optional.of(USER)),
            SampleRun.cell("c003", "gemini", HOSTILE),
            SampleRun.cell("c004", "openai", LONG));
    Manifest manifest = SampleRun.manifest("the </title> run", 2, cells);
    ((ObjectNode) manifest.configuration())
        .set(
            "targets",
            JsonNodeFactory.instance
                .arrayNode()
                .add(
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("model", HOSTILE)
                        .put("user_id", USER)));
    return write(path, manifest, 400);
  }

  /** One cell and block with so many streams. */
  static RunDirectory ofStreams(Path path, int streams) throws IOException {
    List<Cell> cells = List.of(SampleRun.cell("c001", "openai", "gpt-4o-mini"));
    return write(path, SampleRun.manifest("large", 1, cells), streams);
  }

  /** So many cells with names as long as they may be, and few streams each. */
  static RunDirectory ofCells(Path path, int count) throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      cells.add(SampleRun.cell("c%03d".formatted(i), LONG + i, "\u6f22".repeat(300) + i));
    }
    return write(path, SampleRun.manifest("wide", 1, cells), 12);
  }

  private static RunDirectory write(Path path, Manifest manifest, int streams) throws IOException {
    RunDirectory run = RunDirectory.create(path);
    run.writeManifest(manifest);
    for (PlannedRound planned : manifest.rounds()) {
      int cell = Integer.parseInt(planned.cell().substring(1));
      List<StreamLine> lines = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        boolean failed = i % 100 == 7;
        lines.add(
            placed(
                    failed
                        ? SampleRun.ended(planned.round(), planned.cell(), i, "timeout_first_token")
                            .time(StreamTime.TOTAL, 1_000 * MILLI)
                            .time(StreamTime.LIMIT, 1_000 * MILLI)
                        : SampleRun.complete(
                                planned.round(),
                                planned.cell(),
                                i,
                                100 * (cell % 7 + 1) + i % 97,
                                10 + cell % 7,
                                64)
                            .count(StreamCount.COST_PICO_USD, 1_000_000L * cell),
                    planned.round(),
                    i)
                .build());
      }
      SampleRun.write(
          run, planned, lines, SampleRun.histograms(2_000, 10 + cell % 7, 0.05 * (cell % 7 + 1)));
    }
    return run;
  }

  /** Ten at a time, one round after the other. */
  private static StreamLineBuilder placed(StreamLineBuilder line, int round, int number) {
    long start = (round * 60_000L + number / 10 * 2_000L + number % 10) * MILLI;
    return line.time(StreamTime.INTENDED_START, start)
        .time(StreamTime.RELEASE, start + 20 * MILLI)
        .time(StreamTime.ACTUAL_START, start + 50 * MILLI);
  }
}
