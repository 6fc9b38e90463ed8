package dev.latencylens.benchmarks.streaming;

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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * One operation is one window of a load: all its streams, from the first start to the last end. The
 * load starts them from a thread of its own, so that thousands in flight need no thread each, and
 * an open loop's arrivals wait for nobody.
 *
 * <p>Started by hand, it measures the simulator with 100 streams, 10 in flight:
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar LoadBenchmark -p provider=anthropic \
 *     -prof dev.latencylens.benchmarks.profile.StreamProfiler -rf json
 * </pre>
 *
 * <p>JMH's own score is the length of the window. The distributions of {@code response_ttft} and
 * the other metrics come from {@link dev.latencylens.benchmarks.profile.StreamProfiler}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class LoadBenchmark {
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
   * @throws IOException if the plan, a trace or a CA bundle can't be read
   */
  @Setup(Level.Trial)
  public void open() throws IOException {
    session = StreamSession.open(provider, model, 1);
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
   * Runs the window.
   *
   * @return how many streams were started
   */
  @Benchmark
  public long window() {
    return session.runWindow();
  }
}
