package dev.latencylens.benchmarks.micro;

import dev.latencylens.harness.config.LimitSettings;
import dev.latencylens.harness.config.Limits;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.limit.Release;
import dev.latencylens.harness.limit.TargetLimiter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One pass of the limiter, and back: without limits, and with every kind at each of three gates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LimiterBenchmark {
  private static final long A_MINUTE = 60_000_000;
  private static final int BURST = 1_000_000;

  /** The limiter's clock goes on by this with each look at it: no bucket is ever empty. */
  private static final long STEP_NANOS = 10_000;

  private static final long TOKENS = 1;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final RateLimiter unlimited = RateLimiter.unlimited(System::nanoTime);
  private long now;
  private final RateLimiter limited =
      TargetLimiter.of(
          List.of(gate("target"), gate("provider"), gate("run")),
          Map.of(),
          this::now,
          Clock.systemUTC(),
          timer);

  /** Made by JMH. */
  public LimiterBenchmark() {}

  private static LimitSettings.Named gate(final String name) {
    return new LimitSettings.Named(
        name,
        new Limits(
            OptionalDouble.of(Limits.FASTEST),
            BURST,
            OptionalLong.of(A_MINUTE),
            OptionalLong.of(A_MINUTE),
            OptionalInt.of(BURST)));
  }

  private long now() {
    now += STEP_NANOS;
    return now;
  }

  /** Ends the thread that would have released what waits. */
  @TearDown
  public void end() {
    timer.shutdownNow();
  }

  /**
   * What nothing holds back.
   *
   * @return what JMH keeps alive
   */
  @Benchmark
  public Release acquireUnlimited() {
    return pass(unlimited);
  }

  /**
   * What requests and tokens of a second, of a minute, and streams in flight could hold back.
   *
   * @return what JMH keeps alive
   */
  @Benchmark
  public Release acquireLimited() {
    return pass(limited);
  }

  private static Release pass(final RateLimiter limiter) {
    final Release release = limiter.acquire(TOKENS).join();
    release.end(OptionalLong.of(TOKENS));
    return release;
  }
}
