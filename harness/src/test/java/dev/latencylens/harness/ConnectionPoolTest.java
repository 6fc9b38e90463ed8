package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server sees of the pool: which sockets are open, idle or not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ConnectionPoolTest {
  private static final int PATIENCE_SECONDS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final SimulatorOptions QUICK =
      SimulatorOptions.defaults()
          .withOtherModels(ModelProfile.defaults().with("ttft-ms=100,gap-ms=2,tokens=5"));

  /** A simulator behind a relay that counts, and a harness that asks it. */
  private static final class Counted implements AutoCloseable {
    private final Simulator simulator = Simulator.start(QUICK);
    private final CountingRelay relay = CountingRelay.to(simulator.baseUri());
    private final Endpoint endpoint =
        SimulatedService.endpoint(
            "openai", URI.create("https://127.0.0.1:" + relay.port() + "/v1"), simulator.caPem());
    private final StreamingHarness harness;

    Counted(final Connections connections, final Http2 http2) throws IOException {
      harness =
          StreamingHarness.open(
              new TransportSettings(
                  SimulatedService.PATIENT, http2, connections, 64L << 20, 8L << 20, false),
              List.of(endpoint));
    }

    int prepare(final int connections) throws Exception {
      return harness.openConnections(endpoint, connections).get();
    }

    CompletableFuture<StreamRecord> start() {
      return SimulatedService.start(harness, endpoint, "any");
    }

    List<StreamRecord> atOnce(final int streams) throws Exception {
      final List<CompletableFuture<StreamRecord>> started = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        started.add(SimulatedService.start(harness, endpoint, "any"));
      }
      final List<StreamRecord> records = new ArrayList<>();
      for (final CompletableFuture<StreamRecord> stream : started) {
        records.add(stream.get());
        assertThat(stream.get().outcome()).isEqualTo(Outcome.COMPLETE);
      }
      SimulatedService.awaitIdle(harness);
      return records;
    }

    @Override
    public void close() throws IOException {
      harness.close();
      relay.close();
      simulator.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF", "EXCLUSIVE"})
  void noMoreConnectionsThanAllowedStayIdle(final Http2 http2) throws Exception {
    try (Counted service = new Counted(new Connections(100, 3, LONG, true, true, false), http2)) {
      assertThat(service.atOnce(10)).allMatch(stream -> stream.connection().cold());

      assertThat(service.relay.awaitOpen(3, PATIENCE_SECONDS)).isEqualTo(3);
      assertThat(service.relay.accepted()).isEqualTo(10);
      assertThat(service.harness.holdings().idleConnections()).isEqualTo(3);

      assertThat(service.atOnce(3)).noneMatch(stream -> stream.connection().cold());
      assertThat(service.relay.accepted()).isEqualTo(10);
    }
  }

  @Test
  void withoutAnyIdleOnesEachConnectionIsClosedAsItsStreamEnds() throws Exception {
    try (Counted service =
        new Counted(new Connections(100, 0, LONG, true, true, false), Http2.OFF)) {
      service.atOnce(5);

      assertThat(service.relay.awaitOpen(0, PATIENCE_SECONDS)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Http2.class)
  void idleConnectionsAreClosedInTimeWithoutAnotherRequest(final Http2 http2) throws Exception {
    final Duration idle = Duration.ofMillis(400);
    try (Counted service = new Counted(new Connections(100, 10, idle, true, true, false), http2)) {
      service.atOnce(5);

      assertThat(service.relay.awaitOpen(0, PATIENCE_SECONDS)).isZero();
      assertThat(service.harness.holdings().idleConnections()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF", "EXCLUSIVE"})
  void aColdStreamOpensAConnectionAndLeavesNone(final Http2 http2) throws Exception {
    try (Counted service = new Counted(Connections.DEFAULT.withReuse(false), http2)) {
      for (int i = 1; i <= 3; i++) {
        final StreamRecord stream = service.atOnce(1).get(0);

        assertThat(stream.connection().cold()).isTrue();
        assertThat(stream.connection().tlsNanos()).isPresent();
        assertThat(service.relay.accepted()).isEqualTo(i);
      }
      assertThat(service.relay.awaitOpen(0, PATIENCE_SECONDS)).isZero();
    }
  }

  @Test
  void streamsShareAConnectionOnlyWhereThatIsAskedFor() throws Exception {
    try (Counted service = new Counted(Connections.DEFAULT, Http2.MULTIPLEXED)) {
      service.atOnce(1);
      service.atOnce(50);
      assertThat(service.relay.accepted()).isEqualTo(1);
    }
    try (Counted service = new Counted(Connections.DEFAULT, Http2.EXCLUSIVE)) {
      service.atOnce(50);
      assertThat(service.relay.accepted()).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @EnumSource(Http2.class)
  void preparedConnectionsWaitForStreamsWhichAreThenWarm(final Http2 http2) throws Exception {
    final int shared = http2 == Http2.MULTIPLEXED ? 1 : 20;
    try (Counted service = new Counted(Connections.DEFAULT.keepingIdle(20), http2)) {
      assertThat(service.prepare(20)).isEqualTo(shared);
      assertThat(service.relay.accepted()).isEqualTo(shared);
      assertThat(service.harness.holdings().leasedConnections()).isZero();

      assertThat(service.atOnce(20)).noneMatch(stream -> stream.connection().cold());
      assertThat(service.prepare(20)).isEqualTo(shared);
      assertThat(service.relay.accepted()).as("those that are open are enough").isEqualTo(shared);
    }
  }

  @Test
  void whereNothingCanBeOpenedNothingIsWaitedFor() throws Exception {
    final int closed;
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      closed = silent.getLocalPort();
      assertThat(opened(closed)).isZero();
    }
    assertThat(opened(closed)).isZero();
  }

  private static int opened(final int port) throws Exception {
    final Deadlines hasty =
        new Deadlines(Duration.ofMillis(300), PATIENCE, PATIENCE, PATIENCE, PATIENCE);
    final Endpoint endpoint =
        SimulatedService.endpoint(
            "openai", URI.create("https://127.0.0.1:" + port + "/v1"), Optional.empty());
    try (StreamingHarness harness = SimulatedService.open(endpoint, hasty, Http2.OFF, 64L << 20)) {
      final int opened =
          harness.openConnections(endpoint, 20).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      SimulatedService.awaitIdle(harness);
      return opened;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OFF", "EXCLUSIVE"})
  void whoeverAsksAgainAtOnceFindsTheConnectionOfTheStreamThatEnded(final Http2 http2)
      throws Exception {
    try (Counted service = new Counted(Connections.DEFAULT, http2)) {
      for (int i = 0; i < 100; i++) {
        // The next one starts within the first one's completion, on the thread that brought it.
        service
            .start()
            .thenCompose(first -> service.start())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }

      assertThat(service.relay.accepted()).isEqualTo(1);
    }
  }
}
