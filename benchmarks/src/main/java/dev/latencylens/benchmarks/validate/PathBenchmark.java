package dev.latencylens.benchmarks.validate;

import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.fixtures.simulator.SimulatorProcess;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole path of streams, for what it allocates for an event: sockets, TLS, HttpCore, the
 * suite's own code, decoding, and each stream's request and record, spread over its 100 events. The
 * simulator is a process of its own, whose allocation does not count. The time is the simulator's
 * pace, and says nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 2, time = 2)
public class PathBenchmark {
  private static final int STREAMS = 100;
  private static final int EVENTS_PER_STREAM = 100;
  private static final int EVENTS = STREAMS * EVENTS_PER_STREAM;
  private static final Duration LENGTH = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How the streams are carried. */
  @Param({"HTTP1_PLAIN", "HTTP1_TLS", "HTTP2_TLS", "HTTP2_SHARED"})
  public String wire = "HTTP1_PLAIN";

  private final Pace pace = Pace.of(STREAMS, LENGTH);
  private @Nullable SimulatorProcess simulator;
  private @Nullable ClientUnderTest client;

  /** Made by JMH. */
  public PathBenchmark() {}

  /**
   * Starts the simulator and opens the client.
   *
   * @throws IOException if one of them can't
   */
  @Setup(Level.Trial)
  public void begin() throws IOException {
    final Wire carried = Wire.valueOf(wire);
    final SimulatorProcess process =
        SimulatorProcess.start(
            Pace.options(LENGTH).withPlain(carried.isPlain()), PATIENCE, line -> {});
    simulator = process;
    client =
        ClientUnderTest.open(
            carried, new SimulatorAddress(process.baseUri(), process.caBundle()), STREAMS);
  }

  /** Ends both. */
  @TearDown(Level.Trial)
  public void end() {
    if (client != null) {
      client.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  /**
   * Reads a hundred streams at once.
   *
   * @return what JMH keeps alive
   */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public List<StreamRecord> streams() {
    final List<StreamRecord> records = Objects.requireNonNull(client).read(pace);
    for (final StreamRecord record : records) {
      if (record.outcome() != Outcome.COMPLETE
          || record.content().eventStamps().length != EVENTS_PER_STREAM) {
        throw new IllegalStateException("a stream is not whole: " + record.outcome());
      }
    }
    return records;
  }
}
