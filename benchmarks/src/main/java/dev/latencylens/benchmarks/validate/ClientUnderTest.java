package dev.latencylens.benchmarks.validate;

import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.benchmarks.streaming.SimulatorPaths;
import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** The whole client, as benchmarks use it, over one kind of wire. Used by one thread. */
final class ClientUnderTest implements AutoCloseable {
  private static final long MOST_BYTES = 64L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StreamingHarness harness;
  private final Endpoint endpoint;
  private final RateLimiter unlimited = RateLimiter.unlimited(System::nanoTime);
  private int number;

  private ClientUnderTest(final StreamingHarness harness, final Endpoint endpoint) {
    this.harness = harness;
    this.endpoint = endpoint;
  }

  static ClientUnderTest open(final Wire wire, final SimulatorAddress simulator, final int streams)
      throws IOException {
    final Endpoint endpoint;
    try {
      endpoint =
          TargetEndpoint.open(
              SimulatorPaths.rehearsal(Target.of("openai", "any"), simulator).orElseThrow(),
              Providers.load(),
              new MadeUpKeys());
    } catch (final MissingKeyException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new ClientUnderTest(
        StreamingHarness.open(
            new TransportSettings(
                new Deadlines(PATIENCE, PATIENCE, PATIENCE, PATIENCE, PATIENCE.multipliedBy(2)),
                wire.http2(),
                Connections.DEFAULT.withRoomFor(streams).keepingIdle(streams),
                MOST_BYTES,
                MOST_BYTES,
                false),
            List.of(endpoint)),
        endpoint);
  }

  /** Reads streams to their ends, at connections that were opened before. */
  List<StreamRecord> read(final Pace pace) {
    harness.openConnections(endpoint, pace.streams()).join();
    final List<CompletableFuture<StreamRecord>> streams = new ArrayList<>();
    final long begun = System.nanoTime();
    for (int i = 0; i < pace.streams(); i++) {
      final long due = begun + i * pace.apartNanos();
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      streams.add(
          harness.stream(
              endpoint,
              unlimited,
              StreamRequest.of("v" + ++number, pace.model(), "Go on.", pace.tokens()),
              System.nanoTime()));
    }
    return streams.stream().map(CompletableFuture::join).toList();
  }

  @Override
  public void close() {
    harness.close();
    endpoint.credentials().close();
  }
}
