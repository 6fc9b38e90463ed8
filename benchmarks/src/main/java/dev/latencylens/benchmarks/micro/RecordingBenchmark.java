package dev.latencylens.benchmarks.micro;

import dev.latencylens.benchmarks.streaming.Distribution;
import dev.latencylens.benchmarks.streaming.StreamMetric;
import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.Usage;
import dev.latencylens.harness.timeline.StreamMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Recording one stream of 1,000 events: from its stamps to its metrics, and into histograms. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordingBenchmark {
  private static final int EVENTS = 1_000;
  private static final long GAP_NANOS = 20_000_000;
  private static final long SPREAD_NANOS = 7_919;
  private static final long FIRST_NANOS = 200_000_000;

  private final StreamRecord record = record();
  private List<Distribution> distributions = List.of();

  /** Made by JMH. */
  public RecordingBenchmark() {}

  private static StreamRecord record() {
    final long[] stamps = new long[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      stamps[i] = FIRST_NANOS + i * GAP_NANOS + i * SPREAD_NANOS % 1_000_003;
    }
    return new StreamRecord(
        "r",
        "openai",
        "m",
        Outcome.COMPLETE,
        Optional.empty(),
        OptionalInt.of(200),
        0,
        0,
        OptionalLong.of(0),
        OptionalLong.of(FIRST_NANOS),
        stamps[EVENTS - 1],
        OptionalLong.empty(),
        new Content(stamps, 0, EVENTS, 0, 4L * EVENTS),
        new Usage(
            OptionalLong.of(10),
            OptionalLong.empty(),
            OptionalLong.of(EVENTS),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty()),
        Optional.of("stop"),
        ConnectionPhases.NONE,
        Map.of(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Begins with empty histograms, as a round does. */
  @Setup(Level.Iteration)
  public void begin() {
    distributions = Arrays.stream(StreamMetric.values()).map(Distribution::of).toList();
  }

  /**
   * The metrics of a stream.
   *
   * @return what JMH keeps alive
   */
  @Benchmark
  public StreamMetrics metrics() {
    return StreamMetrics.of(record);
  }

  /**
   * The metrics, and all of their values into their histograms.
   *
   * @return what JMH keeps alive
   */
  @Benchmark
  public List<Distribution> record1000() {
    final StreamMetrics metrics = StreamMetrics.of(record);
    for (final Distribution distribution : distributions) {
      distribution.metric().read(record, 1, metrics, distribution::addToHistogram);
    }
    return distributions;
  }
}
