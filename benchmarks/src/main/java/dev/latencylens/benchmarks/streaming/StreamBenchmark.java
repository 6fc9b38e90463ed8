package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.stream.Outcome;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * One operation is one stream, from its start to its end; JMH's threads are the users of a closed
 * loop. The mode is SingleShotTime, since only that sends an exact number of requests.
 *
 * <p>Started by hand, it measures the simulator, which it starts itself:
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar StreamBenchmark -p provider=anthropic -t 4 -i 10 \
 *     -prof dev.latencylens.benchmarks.profile.StreamProfiler -rf json
 * </pre>
 *
 * <p>JMH's own score is the mean time of a thread's batch. The distributions of {@code ttft},
 * {@code gap} and the other metrics come from {@link
 * dev.latencylens.benchmarks.profile.StreamProfiler}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1, batchSize = 20)
@Measurement(iterations = 10)
public class StreamBenchmark {
  /** The provider's id. */
  @Param({"openai", "anthropic", "google"})
  public String provider;

  /** The model's id. */
  @Param("sim-ttft200-gap20")
  public String model;

  // JMH calls open() before anything else.
  @SuppressWarnings("NullAway.Init")
  private StreamSession session;

  /**
   * Opens the client.
   *
   * @param benchmark how JMH was asked to run it
   * @throws IOException if the plan or a CA bundle can't be read
   */
  @Setup(Level.Trial)
  public void open(final BenchmarkParams benchmark) throws IOException {
    session = StreamSession.open(provider, model, benchmark.getThreads());
  }

  /**
   * Tells warm-up from measurement: warm-up streams go to the simulator only.
   *
   * @param iteration what JMH is about to run
   * @throws IOException if the simulator's authority can't be read
   */
  @Setup(Level.Iteration)
  public void begin(final IterationParams iteration) throws IOException {
    session.begin(iteration.getType() == IterationType.WARMUP);
  }

  /** Closes the account of a measurement. */
  @TearDown(Level.Iteration)
  public void end() {
    session.end();
  }

  /** Closes the client. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    session.close();
  }

  /**
   * Runs one stream.
   *
   * @return how it ended; {@link Outcome#REFUSED_BY_LIMIT} where the round's streams were all
   *     started
   */
  @Benchmark
  public Outcome stream() {
    return session.runOne();
  }
}
