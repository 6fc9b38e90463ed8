package dev.latencylens.benchmarks.micro;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.latencylens.results.run.Account;
import dev.latencylens.results.run.InstrumentReading;
import dev.latencylens.results.run.Round;
import dev.latencylens.results.run.RunDirectory;
import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamLineBuilder;
import dev.latencylens.results.run.StreamLogReader;
import dev.latencylens.results.run.StreamLogWriter;
import dev.latencylens.results.run.StreamTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading the records of a large run again, which is what its tables take longest for; all of it is
 * timed by {@code scripts/large-run}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PostProcessingBenchmark {
  private static final int STREAMS = 20_000;
  private static final String CELL = "c001";
  private static final long STEP_NANOS = 7_919;

  private final List<Round> rounds =
      List.of(
          new Round(
              1,
              1,
              CELL,
              Instant.EPOCH,
              Instant.EPOCH,
              Round.Status.FINISHED,
              Optional.empty(),
              NullNode.getInstance(),
              Map.of(),
              InstrumentReading.NONE,
              new Account(STREAMS, 0, Map.of()),
              Optional.empty()));

  private Path directory = Path.of("");
  private @Nullable RunDirectory run;

  /** Made by JMH. */
  public PostProcessingBenchmark() {}

  /**
   * Writes the records.
   *
   * @throws IOException if there is no room for them
   */
  @Setup
  public void write() throws IOException {
    directory = Files.createTempDirectory("latency-lens-micro-");
    final RunDirectory written = RunDirectory.create(directory.resolve("run"));
    try (StreamLogWriter log = written.appendStreams()) {
      for (int i = 0; i < STREAMS; i++) {
        log.write(line(i));
      }
    }
    run = written;
  }

  private static StreamLine line(final int number) {
    StreamLineBuilder builder = StreamLine.builder(1, CELL, "r1-" + number, "complete");
    long nanos = number * STEP_NANOS;
    for (final StreamTime time : StreamTime.values()) {
      nanos += STEP_NANOS;
      builder = builder.time(time, nanos);
    }
    return builder.build();
  }

  /**
   * Removes them.
   *
   * @throws IOException if that can't be done
   */
  @TearDown
  public void remove() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * All of them, one after the other.
   *
   * @return what JMH keeps alive
   * @throws IOException never
   */
  @Benchmark
  @OperationsPerInvocation(STREAMS)
  public long readStreams() throws IOException {
    long sum = 0;
    try (StreamLogReader reader =
        Objects.requireNonNull(run, "written before").readStreams(rounds)) {
      for (Optional<StreamLine> line = reader.next(); line.isPresent(); line = reader.next()) {
        sum += line.get().time(StreamTime.TTFT).orElse(0);
      }
    }
    return sum;
  }
}
