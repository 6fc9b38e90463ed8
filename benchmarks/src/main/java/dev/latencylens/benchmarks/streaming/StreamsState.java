package dev.latencylens.benchmarks.streaming;

import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** What all benchmarks of streams have: whom they ask, and the session that asks. */
@State(Scope.Benchmark)
public abstract class StreamsState {
  /** The provider's id. */
  @Param({"openai", "anthropic", "google"})
  public String provider;

  /** The model's id. */
  @Param("sim-ttft200-gap20")
  public String model;

  // JMH calls open() before anything else.
  @SuppressWarnings("NullAway.Init")
  private StreamSession session;

  /** For the benchmarks of this package, which JMH makes. */
  StreamsState() {}

  /**
   * Opens the client.
   *
   * @param benchmark how JMH was asked to run it
   * @throws IOException if the plan, a trace or a CA bundle can't be read
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
   * @throws InterruptedException if the thread is interrupted
   */
  @Setup(Level.Iteration)
  public void begin(final IterationParams iteration) throws IOException, InterruptedException {
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

  StreamSession session() {
    return session;
  }
}
