package dev.latencylens.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A deadline that passes ends its stream on the wire at once, as the server sees it, also on a
 * connection that was open before, and frees its place in the pool.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DeadlineOnTheWireTest {
  private static final Duration BRIEF = Duration.ofMillis(600);
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final Path directory;

  DeadlineOnTheWireTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private static Deadlines only(final Outcome timeout) {
    return new Deadlines(
        timeout == Outcome.TIMEOUT_CONNECT ? BRIEF : LONG,
        timeout == Outcome.TIMEOUT_FIRST_BYTE ? BRIEF : LONG,
        timeout == Outcome.TIMEOUT_FIRST_TOKEN ? BRIEF : LONG,
        timeout == Outcome.TIMEOUT_IDLE ? BRIEF : LONG,
        timeout == Outcome.TIMEOUT_TOTAL ? BRIEF : LONG);
  }

  /** What a server sends before it falls silent, so that just this deadline can pass. */
  private static String sentBefore(final Outcome timeout) {
    return switch (timeout) {
      case TIMEOUT_FIRST_TOKEN -> ": no content\n\n";
      case TIMEOUT_IDLE, TIMEOUT_TOTAL -> FaultyService.EVENT;
      default -> "";
    };
  }

  private static StreamingHarness open(
      final Endpoint endpoint, final Deadlines deadlines, final Http2 http2) throws IOException {
    return StreamingHarness.open(
        new TransportSettings(deadlines, http2, Connections.DEFAULT, 1 << 20, 1 << 20, false),
        List.of(endpoint));
  }

  private static void expectTimeout(
      final StreamingHarness harness, final StreamRecord record, final Outcome timeout) {
    assertThat(record.outcome()).isEqualTo(timeout);
    assertThat(record.limitNanos()).hasValue(BRIEF.toNanos());
    SimulatedService.awaitIdle(harness);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"TIMEOUT_FIRST_BYTE", "TIMEOUT_FIRST_TOKEN", "TIMEOUT_IDLE", "TIMEOUT_TOTAL"})
  void overHttp1TheSocketIsClosedEvenIfAnEarlierStreamOpenedIt(final Outcome timeout)
      throws Exception {
    final CountDownLatch left = new CountDownLatch(1);
    final SocketServer.Answer whole =
        SocketServer.answering(
            HEAD
                + Integer.toHexString(SocketServer.STREAM.length())
                + "\r\n"
                + SocketServer.STREAM
                + "\r\n0\r\n\r\n");
    final String before = sentBefore(timeout);
    try (SocketServer server =
        SocketServer.plain(
            (request, connection) -> {
              whole.to(request, connection);
              SocketServer.read(connection.getInputStream());
              final String begun =
                  before.isEmpty()
                      ? HEAD
                      : HEAD + Integer.toHexString(before.length()) + "\r\n" + before + "\r\n";
              connection.getOutputStream().write(begun.getBytes(ISO_8859_1));
              connection.getOutputStream().flush();
              try {
                if (connection.getInputStream().read() < 0) {
                  left.countDown();
                }
              } catch (final IOException reset) {
                left.countDown();
              }
            })) {
      final Endpoint endpoint =
          SimulatedService.endpoint(
              "openai", URI.create("http://127.0.0.1:" + server.port() + "/v1"), Optional.empty());
      try (StreamingHarness harness = open(endpoint, only(timeout), Http2.OFF)) {
        expectTimeoutOnAWarmConnection(harness, endpoint, timeout);
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"TIMEOUT_FIRST_BYTE", "TIMEOUT_FIRST_TOKEN", "TIMEOUT_IDLE", "TIMEOUT_TOTAL"})
  void overHttp2TheStreamIsResetEvenIfAnEarlierStreamOpenedItsConnection(final Outcome timeout)
      throws Exception {
    final TestAuthority authority = TestAuthority.root("deadlines");
    final String before = sentBefore(timeout);
    try (H2Server server =
        new H2Server(
            authority.issue("server", "127.0.0.1").context(),
            (stream, out) -> {
              out.streamBegins(stream);
              if (stream == 1) {
                out.data(stream, SocketServer.STREAM, true);
              } else if (!before.isEmpty()) {
                out.data(stream, before, false);
              }
            })) {
      final Endpoint endpoint = endpoint(server, authority);
      try (StreamingHarness harness = open(endpoint, only(timeout), Http2.EXCLUSIVE)) {
        expectTimeoutOnAWarmConnection(harness, endpoint, timeout);
        assertThat(server.resets().poll(20, TimeUnit.SECONDS)).isEqualTo(3);
      }
    }
  }

  @Test
  void aHandshakeThatDoesNotBeginIsClosedWithItsDeadline() throws Exception {
    final BlockingQueue<Boolean> left = new LinkedBlockingQueue<>();
    try (SocketServer server =
        SocketServer.raw(
            connection -> {
              try {
                while (connection.getInputStream().read() >= 0) {
                  // The client's hello, then nothing: it waits for the server's.
                }
              } finally {
                left.add(true);
              }
            })) {
      final Endpoint endpoint =
          SimulatedService.endpoint(
              "openai", URI.create("https://127.0.0.1:" + server.port() + "/v1"), Optional.empty());
      try (StreamingHarness harness =
          open(endpoint, only(Outcome.TIMEOUT_CONNECT), Http2.EXCLUSIVE)) {
        final StreamRecord record = SimulatedService.start(harness, endpoint, "any").get();
        final long ended = System.nanoTime();

        expectTimeout(harness, record, Outcome.TIMEOUT_CONNECT);
        assertThat(left.poll(20, TimeUnit.SECONDS)).isTrue();
        // HttpClient's own timeout, which would close it too, comes a second later.
        assertThat(System.nanoTime() - ended).isLessThan(TimeUnit.MILLISECONDS.toNanos(900));
      }
    }
  }

  @Test
  void aStreamThatIsResetLeavesThoseItSharesAConnectionWithAlone() throws Exception {
    final TestAuthority authority = TestAuthority.root("deadlines");
    final Map<Integer, H2Server.Frames> open = new ConcurrentHashMap<>();
    try (H2Server server =
        new H2Server(
            authority.issue("server", "127.0.0.1").context(),
            (stream, out) -> {
              out.streamBegins(stream);
              if (stream == 1) {
                out.data(stream, SocketServer.STREAM, true);
              } else {
                // The first of the two that share falls silent, the second goes on.
                out.data(stream, sentBefore(Outcome.TIMEOUT_IDLE), false);
                open.put(stream, out);
              }
            })) {
      final Endpoint endpoint = endpoint(server, authority);
      try (StreamingHarness harness =
          open(endpoint, only(Outcome.TIMEOUT_IDLE), Http2.MULTIPLEXED)) {
        final StreamRecord first = SimulatedService.start(harness, endpoint, "any").get();
        assertThat(first.outcome()).isEqualTo(Outcome.COMPLETE);
        SimulatedService.awaitIdle(harness);

        final CompletableFuture<StreamRecord> silent =
            SimulatedService.start(harness, endpoint, "any");
        // HttpClient may send what was asked for later first.
        while (!open.containsKey(3)) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        final CompletableFuture<StreamRecord> going =
            SimulatedService.start(harness, endpoint, "any");
        while (!silent.isDone()) {
          keepGoing(open.get(5));
        }
        assertThat(silent.get().outcome()).isEqualTo(Outcome.TIMEOUT_IDLE);
        assertThat(server.resets().poll(20, TimeUnit.SECONDS)).isEqualTo(3);
        Objects.requireNonNull(open.get(5)).data(5, SocketServer.STREAM, true);

        assertThat(going.get().outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(going.get().connection().cold()).isFalse();
      }
    }
  }

  private static void keepGoing(final H2Server.@Nullable Frames out) throws IOException {
    if (out != null) {
      out.data(5, ": still here\n\n", false);
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
  }

  private Endpoint endpoint(final H2Server server, final TestAuthority authority)
      throws IOException {
    return SimulatedService.endpoint(
        "openai",
        URI.create("https://127.0.0.1:" + server.port() + "/v1"),
        Optional.of(authority.rootFile(directory.resolve("ca.pem"))));
  }

  /** An earlier stream opens the connection, and ends well. */
  private static void expectTimeoutOnAWarmConnection(
      final StreamingHarness harness, final Endpoint endpoint, final Outcome timeout)
      throws Exception {
    assertThat(SimulatedService.start(harness, endpoint, "any").get().outcome())
        .isEqualTo(Outcome.COMPLETE);
    SimulatedService.awaitIdle(harness);
    final StreamRecord record = SimulatedService.start(harness, endpoint, "any").get();

    assertThat(record.connection().cold()).isFalse();
    expectTimeout(harness, record, timeout);
  }
}
