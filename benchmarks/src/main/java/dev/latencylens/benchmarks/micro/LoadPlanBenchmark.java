package dev.latencylens.benchmarks.micro;

import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Extent;
import dev.latencylens.harness.load.ArrivalSchedule;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Planning 10,000 arrivals. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LoadPlanBenchmark {
  private static final int ARRIVALS = 10_000;
  private static final double RATE = 200;

  private long seed;

  /** Made by JMH. */
  public LoadPlanBenchmark() {}

  /**
   * A random law.
   *
   * @return what JMH keeps alive
   */
  @Benchmark
  public ArrivalSchedule poisson() {
    return ArrivalSchedule.of(new Arrivals.Poisson(RATE), Extent.starts(ARRIVALS), ++seed);
  }

  /**
   * A law without chance.
   *
   * @return what JMH keeps alive
   */
  @Benchmark
  public ArrivalSchedule constant() {
    return ArrivalSchedule.of(new Arrivals.Constant(RATE), Extent.starts(ARRIVALS), ++seed);
  }
}
