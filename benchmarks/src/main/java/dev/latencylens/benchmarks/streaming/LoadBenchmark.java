package dev.latencylens.benchmarks.streaming;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

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
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class LoadBenchmark extends StreamsState {
  /** Made by JMH. */
  public LoadBenchmark() {}

  /**
   * Runs the window.
   *
   * @return how many streams were started
   */
  @Benchmark
  public long window() {
    return session().runWindow();
  }
}
