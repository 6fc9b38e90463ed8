package dev.latencylens.benchmarks.micro;

import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.MadeUpKeys;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How late deadlines fire: the time at which a stream was ended less the time at which that was
 * due, while some streams or many wait for the same deadline.
 *
 * <p>{@code scripts/deadlines} prints the table; by hand: {@code java -jar
 * benchmarks/target/benchmarks.jar DeadlineBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class DeadlineBenchmark {
  /** How many deadlines fire in one operation: one after another these take long. */
  private static final int FEW = 100;

  private static final int MANY = 1_000;
  private static final int DIGITS = 3;
  private static final long STREAM_BYTES = 1 << 20;

  private static final Duration LIMIT = Duration.ofMillis(100);

  /** Which deadline the streams wait for. */
  @Param({"CONNECT", "FIRST_BYTE", "FIRST_TOKEN", "IDLE", "TOTAL"})
  public DeadlineKind deadline = DeadlineKind.CONNECT;

  /** How many streams wait at a time. */
  @Param({"1", "200"})
  public int streams;

  private @Nullable Service service;

  /**
   * What is reported beside JMH's own score, which is the time of an operation and of no interest.
   */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Lateness {
    /** How many deadlines fired. */
    public double fired;

    /** Median of fired less due, in milliseconds. */
    public double p50Millis;

    /** 99th percentile of fired less due, in milliseconds. */
    public double p99Millis;

    /** The latest, in milliseconds. */
    public double maxMillis;
  }

  private record Service(SilentService server, Endpoint endpoint, StreamingHarness harness) {}

  private Service service() {
    return Objects.requireNonNull(service, "JMH opens it first");
  }

  /**
   * Starts the silent service and the client.
   *
   * @throws IOException if there is no port
   */
  @Setup
  public void open() throws IOException {
    final SilentService server = SilentService.saying(deadline.words());
    final Endpoint endpoint = endpoint(server);
    service =
        new Service(
            server,
            endpoint,
            StreamingHarness.open(
                new TransportSettings(
                    deadline.deadlines(LIMIT),
                    Http2.EXCLUSIVE,
                    Connections.DEFAULT.withRoomFor(streams),
                    STREAM_BYTES,
                    STREAM_BYTES,
                    false),
                List.of(endpoint)));
  }

  private Endpoint endpoint(final SilentService server) throws IOException {
    try {
      return TargetEndpoint.open(
          Target.of("openai", "silent").at(server.uri(deadline.scheme()), Network.DEFAULT),
          Providers.load(),
          new MadeUpKeys());
    } catch (final MissingKeyException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Lets deadlines pass.
   *
   * @param lateness what is reported
   */
  @Benchmark
  public void pass(final Lateness lateness) {
    final Histogram late = new Histogram(DIGITS);
    final int samples = streams == 1 ? FEW : MANY;
    for (int begun = 0; begun < samples; begun += streams) {
      final List<CompletableFuture<StreamRecord>> waiting = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        waiting.add(start("r" + (begun + i)));
      }
      for (final CompletableFuture<StreamRecord> stream : waiting) {
        // Never early: the clock is read before it is compared with what is due.
        late.recordValue(Math.max(0, deadline.latenessNanos(stream.join(), LIMIT)));
      }
    }
    lateness.fired = late.getTotalCount();
    lateness.p50Millis = millis(late.getValueAtPercentile(50));
    lateness.p99Millis = millis(late.getValueAtPercentile(99));
    lateness.maxMillis = millis(late.getMaxValue());
  }

  private CompletableFuture<StreamRecord> start(final String id) {
    final Service running = service();
    return running.harness().stream(
        running.endpoint(),
        RateLimiter.unlimited(System::nanoTime),
        StreamRequest.of(id, "silent", "Say nothing.", 1),
        System.nanoTime());
  }

  private static double millis(final long nanos) {
    return nanos / 1e6;
  }

  /**
   * Closes both.
   *
   * @throws IOException if the service can't be closed
   */
  @TearDown
  public void close() throws IOException {
    service().harness().close();
    service().server().close();
  }
}
