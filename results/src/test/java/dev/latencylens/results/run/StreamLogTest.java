package dev.latencylens.results.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamLogTest {
  private static final Round ROUND =
      SampleRun.round(new PlannedRound(1, 1, "c001"), Map.of("complete", 1L));

  private final RunDirectory run;
  private final Path file;

  StreamLogTest(@TempDir Path directory) throws IOException {
    run = RunDirectory.create(directory.resolve("run"));
    file = run.path().resolve("streams.jsonl");
  }

  @Test
  void aLineComesBackAsItWas() throws IOException {
    Histogram gaps = new Histogram(3);
    gaps.recordValue(20_000_000);
    StreamLineBuilder builder = StreamLine.builder(1, "c001", "s\u2028\"1\n", "timeout_idle");
    for (StreamTime time : StreamTime.values()) {
      builder.time(time, Long.MAX_VALUE - time.name().length());
    }
    for (StreamCount count : StreamCount.values()) {
      builder.count(count, count.name().length());
    }
    builder.rateLimits(Map.of("x-ratelimit-remaining-requests", "59", "retry-after", "1"));
    for (StreamText text : StreamText.values()) {
      builder.text(text, text.name() + " \u00e4\ud83d\ude00\n");
    }
    StreamLine full =
        builder
            .tpotNanos(OptionalDouble.of(12_345.678_9))
            .httpStatus(OptionalInt.of(200))
            .tokensEstimated(true)
            .gaps(gaps)
            .longestGaps(List.of(new LongGap(7, 3, 20_000_000), new LongGap(1, 2, 5)))
            .build();
    StreamLine bare = StreamLine.builder(1, "c001", "s2", "connect_failed").build();

    write(full, bare);

    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(read().lines).containsExactly(full, bare);
    assertThat(EncodedGaps.decode(full.gaps().orElseThrow())).isEqualTo(gaps);
  }

  @Test
  void fieldsHaveTheNamesOfTheFormat() throws IOException {
    write(
        StreamLine.builder(1, "c001", "s1", "complete")
            .time(StreamTime.TTFT, 5)
            .tpotNanos(OptionalDouble.of(1.5))
            .count(StreamCount.OUTPUT_TOKENS, 3)
            .text(StreamText.HTTP_VERSION, "HTTP/2.0")
            .build());

    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"round\":1,\"cell\":\"c001\",\"stream\":\"s1\",\"outcome\":\"complete\","
                + "\"ttft_ns\":5,\"tpot_ns\":1.5,\"output_tokens\":3,\"tokens_estimated\":false,"
                + "\"http_version\":\"HTTP/2.0\"}\n");
  }

  @Test
  void ofManyLongestGapsAsManyAreReadAsAreWritten() throws IOException {
    String gap = "{\"after_ns\":1,\"event\":2,\"gap_ns\":3,\"later\":[4]}";
    Files.writeString(
        file,
        "{\"round\":1,\"cell\":\"c001\",\"stream\":\"s\",\"outcome\":\"complete\","
            + "\"longest_gaps\":["
            + String.join(",", Collections.nCopies(9, gap))
            + "]}\n");

    assertThat(read().lines.get(0).longestGaps())
        .containsExactlyElementsOf(Collections.nCopies(LongGap.MOST, new LongGap(1, 2, 3)));
  }

  @Test
  void aLineThatAKilledProcessLeftIsSkippedAndTold() throws IOException {
    write(line(1), line(2));
    byte[] whole = Files.readAllBytes(file);
    for (int kept = whole.length - 2; kept > whole.length / 2 + 1; kept--) {
      Files.write(file, Arrays.copyOf(whole, kept));
      Read read = read();
      assertThat(read.lines).containsExactly(line(1));
      assertThat(read.warnings).singleElement().asString().contains("the last line");
    }
  }

  @Test
  void theNextProcessGoesOnAfterACutLine() throws IOException {
    write(line(1));
    Files.writeString(file, "{\"round\":1,\"ce", UTF_8, StandardOpenOption.APPEND);

    write(line(2));

    Read read = read();
    assertThat(read.lines).containsExactly(line(1), line(2));
    assertThat(read.warnings).singleElement().asString().contains("1 damaged line").contains("2");
  }

  @Test
  void whateverIsNoStreamIsSkippedAndCounted() throws IOException {
    write(line(1));
    Files.writeString(
        file,
        """
        [1]
        {"round":1}
        {"round":"x","cell":"c001","stream":"s","outcome":"complete"}
        {"round":1,"cell":"c001","stream":"s","outcome":"complete","ttft_ns":99999999999999999999}
        {"round":1,"cell":"c001","stream":"s","outcome":"complete"} {}
        \0\0

        """,
        UTF_8,
        StandardOpenOption.APPEND);
    write(line(2));

    Read read = read();
    assertThat(read.lines).containsExactly(line(1), line(2));
    assertThat(read.warnings).singleElement().asString().contains("6 damaged lines");
  }

  @Test
  void fieldsOfALaterVersionDoNoHarm() throws IOException {
    Files.writeString(
        file,
        "{\"later\":{\"a\":[1]},\"round\":1,\"cell\":\"c001\",\"stream\":\"s\","
            + "\"outcome\":\"complete\",\"ttft_ns\":null}\n");

    assertThat(read().lines).hasSize(1);
  }

  @Test
  void linesOfRoundsThatAreNotFinishedAreLeftOut() throws IOException {
    write(line(1), StreamLine.builder(2, "c001", "s", "complete").build());
    write(StreamLine.builder(1, "c002", "s", "complete").build());

    Read read = read();
    assertThat(read.lines).containsExactly(line(1));
    assertThat(read.warnings)
        .satisfiesExactly(
            w -> assertThat(w).contains("1 line of round 1"),
            w -> assertThat(w).contains("1 line of round 2"));
  }

  @Test
  void noLogIsNoStreams() throws IOException {
    assertThat(read().lines).isEmpty();
  }

  @Test
  void threadsDoNotMixTheirLines() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (StreamLogWriter log = run.appendStreams()) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int first = t * 500;
        tasks.add(
            threads.submit(
                () -> {
                  for (int i = first; i < first + 500; i++) {
                    log.write(line(i));
                  }
                  return null;
                }));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    } finally {
      threads.shutdown();
    }

    Read read = read();
    Set<String> ids = new HashSet<>();
    read.lines.forEach(line -> ids.add(line.stream()));
    assertThat(ids).hasSize(4_000);
    assertThat(read.warnings).isEmpty();
  }

  @Test
  void aLineLongerThanTheBufferIsRead() throws IOException {
    StreamLine line =
        StreamLine.builder(1, "c001", "s", "malformed")
            .text(StreamText.ERROR, "x".repeat(300_000))
            .build();
    write(line(1), line, line(2));

    assertThat(read().lines).containsExactly(line(1), line, line(2));
  }

  private static StreamLine line(int number) {
    return SampleRun.complete(1, "c001", number, 200, 20, 64).build();
  }

  private void write(StreamLine... lines) throws IOException {
    try (StreamLogWriter log = run.appendStreams()) {
      for (StreamLine line : lines) {
        log.write(line);
      }
    }
  }

  private Read read() throws IOException {
    List<StreamLine> lines = new ArrayList<>();
    try (StreamLogReader reader = run.readStreams(List.of(ROUND))) {
      for (Optional<StreamLine> line = reader.next(); line.isPresent(); line = reader.next()) {
        lines.add(line.get());
      }
      return new Read(lines, reader.warnings());
    }
  }

  private record Read(List<StreamLine> lines, List<String> warnings) {}
}
