package dev.latencylens.harness;

import static dev.latencylens.harness.stream.Outcome.CONNECTION_LOST;
import static dev.latencylens.harness.stream.Outcome.CONNECT_FAILED;
import static dev.latencylens.harness.stream.Outcome.HTTP_3XX;
import static dev.latencylens.harness.stream.Outcome.HTTP_5XX;
import static dev.latencylens.harness.stream.Outcome.MALFORMED;
import static dev.latencylens.harness.stream.Outcome.RATE_LIMITED;
import static dev.latencylens.harness.stream.Outcome.TIMEOUT_CONNECT;
import static dev.latencylens.harness.stream.Outcome.TIMEOUT_FIRST_BYTE;
import static dev.latencylens.harness.stream.Outcome.TIMEOUT_FIRST_TOKEN;
import static dev.latencylens.harness.stream.Outcome.TIMEOUT_IDLE;
import static dev.latencylens.harness.stream.Outcome.TIMEOUT_TOTAL;
import static dev.latencylens.harness.stream.Outcome.TLS_FAILED;
import static dev.latencylens.harness.stream.Outcome.TRUNCATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.Fault;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault becomes the same outcome for one stream and for 200 in flight, every stream has one
 * record, and nothing is left over. The table in harness/README.md says the same in words.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class FaultsAtScaleTest {
  private static final int MANY = 200;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final String QUICK = "ttft-ms=5,gap-ms=20,tokens=20";

  private final Path directory;

  FaultsAtScaleTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private record Case(
      String name, Http2 http2, Outcome outcome, int streams, FaultyService.Start service) {
    Case many() {
      return new Case(name, http2, outcome, MANY, service);
    }

    @Override
    public String toString() {
      return name + ", http2 " + http2.wireName() + ", " + streams + " in flight";
    }
  }

  static Stream<Case> faults() {
    return Stream.of(http1(), anyVersion())
        .flatMap(one -> one)
        .flatMap(c -> Stream.of(c, c.many()));
  }

  private static Stream<Case> http1() {
    return Stream.of(
        one("refused", CONNECT_FAILED, FaultyService.absent()),
        one("reset before headers", CONNECTION_LOST, FaultyService.resetting("")),
        one("closed mid-chunk", CONNECTION_LOST, FaultyService.closing()),
        one("closed, no terminator", TRUNCATED, FaultyService.closingWithoutTerminator()),
        one("invalid chunks", MALFORMED, FaultyService.badChunks()),
        one(
            "429 without Retry-After",
            RATE_LIMITED,
            FaultyService.answering("HTTP/1.1 429 No\r\nContent-Length: 0\r\n\r\n")),
        one("no handshake", TIMEOUT_CONNECT, FaultyService.silentInHandshake()),
        one("expired certificate", TLS_FAILED, FaultyService.untrustworthy(true)),
        one("certificate for another name", TLS_FAILED, FaultyService.untrustworthy(false)));
  }

  private static Stream<Case> anyVersion() {
    return Stream.concat(
        Stream.of(
                Fault.STATUS_429,
                Fault.STATUS_500,
                Fault.STATUS_503,
                Fault.REDIRECT,
                Fault.RESET,
                Fault.TRUNCATED,
                Fault.NO_HEADERS,
                Fault.NO_CONTENT,
                Fault.STALL,
                Fault.DRIP,
                Fault.ENDLESS)
            .flatMap(
                fault ->
                    versions(fault)
                        .map(
                            http2 ->
                                new Case(
                                    fault.optionName(),
                                    http2,
                                    simulated(fault),
                                    1,
                                    FaultyService.simulated(fault, QUICK, http2 != Http2.OFF)))),
        Stream.of(Http2.EXCLUSIVE, Http2.MULTIPLEXED)
            .flatMap(
                http2 ->
                    Stream.of(
                        new Case(
                            "GOAWAY",
                            http2,
                            CONNECTION_LOST,
                            1,
                            FaultyService.http2(
                                false,
                                (stream, out) -> {
                                  FaultyService.begin(stream, out);
                                  out.goAway(stream, H2Server.INTERNAL_ERROR);
                                  out.out().close();
                                })),
                        new Case(
                            "RST_STREAM",
                            http2,
                            CONNECTION_LOST,
                            1,
                            FaultyService.http2(
                                false,
                                (stream, out) -> {
                                  FaultyService.begin(stream, out);
                                  out.reset(stream, H2Server.INTERNAL_ERROR);
                                })),
                        new Case(
                            "refused stream",
                            http2,
                            CONNECTION_LOST,
                            1,
                            FaultyService.http2(
                                false,
                                (stream, out) -> out.reset(stream, H2Server.REFUSED_STREAM))))));
  }

  /** What is decided after the head differs where streams share a connection. */
  private static Stream<Http2> versions(final Fault fault) {
    return simulated(fault).isTimeout() || fault == Fault.RESET
        ? Stream.of(Http2.values())
        : Stream.of(Http2.OFF, Http2.EXCLUSIVE);
  }

  private static Case one(
      final String name, final Outcome outcome, final FaultyService.Start service) {
    return new Case(name, Http2.OFF, outcome, 1, service);
  }

  private static Outcome simulated(final Fault fault) {
    return switch (fault) {
      case STATUS_429 -> RATE_LIMITED;
      case STATUS_500, STATUS_503 -> HTTP_5XX;
      case REDIRECT -> HTTP_3XX;
      case RESET -> CONNECTION_LOST;
      case TRUNCATED -> TRUNCATED;
      case NO_HEADERS -> TIMEOUT_FIRST_BYTE;
      case NO_CONTENT -> TIMEOUT_FIRST_TOKEN;
      case STALL -> TIMEOUT_IDLE;
      case DRIP, ENDLESS -> TIMEOUT_TOTAL;
      default -> throw new IllegalArgumentException(fault.name());
    };
  }

  /** Only the one that is expected is short, so that a slow machine changes no outcome. */
  private static Deadlines deadlines(final Outcome expected) {
    final Duration patient = Duration.ofSeconds(30);
    final Duration brief = Duration.ofMillis(500);
    return new Deadlines(
        expected == TIMEOUT_CONNECT ? brief : patient,
        expected == TIMEOUT_FIRST_BYTE ? brief : patient,
        expected == TIMEOUT_FIRST_TOKEN ? brief : patient,
        expected == TIMEOUT_IDLE ? brief : patient,
        expected == TIMEOUT_TOTAL ? brief.multipliedBy(2) : patient);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyStreamHasOneRecordAndNothingIsLeftOver(final Case fault) throws Exception {
    final Set<Thread> threadsBefore = ownThreads();
    try (FaultyService service = fault.service().in(directory);
        CountingRelay relay = CountingRelay.to(service.uri())) {
      // Where nobody listens there is nothing to relay: the relay itself would accept.
      final int port = fault.outcome() == CONNECT_FAILED ? service.uri().getPort() : relay.port();
      final Endpoint endpoint =
          SimulatedService.endpoint(
              "openai",
              URI.create(service.uri().getScheme() + "://127.0.0.1:" + port + "/v1"),
              service.caBundle());
      try (StreamingHarness harness =
          StreamingHarness.open(
              new TransportSettings(
                  deadlines(fault.outcome()),
                  fault.http2(),
                  Connections.DEFAULT.withRoomFor(MANY),
                  64L << 20,
                  8L << 20,
                  false),
              List.of(endpoint))) {
        final List<StreamRecord> records = run(harness, endpoint, fault.streams());

        assertThat(records.stream().collect(Collectors.groupingBy(StreamRecord::outcome)).keySet())
            .as("outcomes, such as: %s", records.get(0).detail())
            .containsExactly(fault.outcome());
        assertThat(records.stream().map(StreamRecord::requestId).distinct())
            .hasSize(fault.streams());
        await(() -> harness.holdings().areIdle(), () -> harness.holdings().toString());
        // What stays open is what the pool knows as idle.
        await(
            () -> relay.open() == harness.holdings().idleConnections(),
            () -> relay.open() + " open, " + harness.holdings());
      }
      assertThat(relay.awaitOpen(0, 20)).isZero();
    }
    await(
        () -> threadsBefore.containsAll(ownThreads()),
        () -> "threads " + ownThreads() + " are left over");
  }

  private static List<StreamRecord> run(
      final StreamingHarness harness, final Endpoint endpoint, final int streams) throws Exception {
    final RateLimiter unlimited = RateLimiter.unlimited(System::nanoTime);
    final List<CompletableFuture<StreamRecord>> inFlight = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      inFlight.add(
          harness.stream(
              endpoint,
              unlimited,
              StreamRequest.of("r" + i, "any", "Say hello.", 500),
              System.nanoTime()));
    }
    final List<StreamRecord> records = new ArrayList<>();
    for (final CompletableFuture<StreamRecord> stream : inFlight) {
      records.add(stream.get());
    }
    return records;
  }

  private static Set<Thread> ownThreads() {
    return new HashSet<>(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("latency-lens-"))
            .toList());
  }

  /** The I/O threads tidy up after a stream's end, and tell nobody. */
  private static void await(final BooleanSupplier condition, final Supplier<String> state) {
    final long until = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - until).as(state).isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
