package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.stream.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

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
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1, batchSize = 20)
@Measurement(iterations = 10)
public class StreamBenchmark extends StreamsState {
  /** Made by JMH. */
  public StreamBenchmark() {}

  /**
   * Runs one stream.
   *
   * @return how it ended; {@link Outcome#REFUSED_BY_LIMIT} where the round's streams were all
   *     started
   */
  @Benchmark
  public Outcome stream() {
    return session().runOne();
  }
}
