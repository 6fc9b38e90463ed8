package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.ProxyChoice;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.EndpointLook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.utils.DateUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A look at an endpoint over real sockets, before any key is sent. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class EndpointLookTest {
  private static final Deadlines SHORT =
      new Deadlines(
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private static final String HEAD = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n";

  private final Path directory;
  private final TestAuthority authority = TestAuthority.root("own");

  EndpointLookTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({"EXCLUSIVE,HTTP/2.0", "MULTIPLEXED,HTTP/2.0", "OFF,HTTP/1.1"})
  void aServiceThatAnswersIsDescribed(final Http2 http2, final String version) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
      final Endpoint endpoint =
          SimulatedService.endpoint(
              "openai", URI.create(simulator.baseUri() + "/v1"), simulator.caPem());

      final EndpointLook look = look(endpoint, SimulatedService.PATIENT, http2);

      assertThat(look.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(look.connection().httpVersion()).isEqualTo(version);
      assertThat(look.connection().cold()).isTrue();
      assertThat(look.connection().dnsNanos()).isPresent();
      assertThat(look.connection().connectNanos()).isPresent();
      assertThat(look.connection().tlsNanos()).isPresent();
      assertThat(look.status()).isPresent();
      assertThat(look.tlsVersion()).hasValue("TLSv1.3");
      assertThat(look.certificateEnd().orElseThrow()).isAfter(Instant.now());
    }
  }

  @Test
  void neitherKeyNorPromptIsSent() throws Exception {
    try (SocketServer server = SocketServer.plain(SocketServer.answering(HEAD + "\r\n"))) {
      final EndpointLook look = look(plain(server.port()), SimulatedService.PATIENT, Http2.OFF);

      assertThat(look.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(look.status()).hasValue(404);
      assertThat(look.tlsVersion()).isEmpty();
      assertThat(look.certificateEnd()).isEmpty();
      assertThat(look.clock()).isEmpty();
      assertThat(server.requests())
          .singleElement()
          .asString()
          .startsWith("HEAD /v1 ")
          .doesNotContainIgnoringCase("authorization")
          .doesNotContain(SimulatedService.KEY);
    }
  }

  @Test
  void theServersClockIsComparedWithinTheCoarsenessOfItsHeader() throws Exception {
    final SocketServer.Answer behind =
        (request, connection) ->
            SocketServer.answering(
                    HEAD
                        + "Date: "
                        + DateUtils.formatStandardDate(Instant.now().minusSeconds(90))
                        + "\r\n\r\n")
                .to(request, connection);
    try (SocketServer server = SocketServer.plain(behind)) {
      final EndpointLook look = look(plain(server.port()), SimulatedService.PATIENT, Http2.OFF);

      final var clock = look.clock().orElseThrow();
      assertThat(clock.ahead().plusSeconds(90).abs()).isLessThanOrEqualTo(clock.uncertainty());
      assertThat(clock.isOffBy(Duration.ofMinutes(1))).isTrue();
      assertThat(clock.isOffBy(Duration.ofMinutes(2))).isFalse();
    }
    try (SocketServer server =
        SocketServer.plain(SocketServer.answering(HEAD + "Date: tomorrow\r\n\r\n"))) {
      assertThat(look(plain(server.port()), SimulatedService.PATIENT, Http2.OFF).clock()).isEmpty();
    }
  }

  @Test
  void theCertificatesEndIsThatWhichComesFirst() throws Exception {
    try (SocketServer server =
        SocketServer.secure(
            authority
                .intermediate("between")
                .issueFor(Duration.ofHours(3), "server", "127.0.0.1")
                .context(),
            false,
            SocketServer.answering(HEAD + "\r\n"))) {
      final EndpointLook look =
          look(secure(server.port()), SimulatedService.PATIENT, Http2.EXCLUSIVE);

      assertThat(look.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(look.certificateEnd().orElseThrow())
          .isBetween(
              Instant.now().plus(Duration.ofHours(2)), Instant.now().plus(Duration.ofHours(3)));
    }
  }

  @Test
  void aCertificateThatDoesNotHoldIsToldAsAStreamWouldTellIt() throws Exception {
    assertThat(certificate(authority.issueExpired("server", "127.0.0.1")))
        .isEqualTo("TLS_FAILED: has expired");
    assertThat(certificate(authority.issue("server", "other.example")))
        .isEqualTo("TLS_FAILED: is for another name");
    assertThat(certificate(TestAuthority.root("strange").issue("server", "127.0.0.1")))
        .isEqualTo("TLS_FAILED: is not trusted");
  }

  private String certificate(final TestAuthority.Issued issued) throws Exception {
    try (SocketServer server =
        SocketServer.secure(issued.context(), false, SocketServer.answering(HEAD + "\r\n"))) {
      final EndpointLook look =
          look(secure(server.port()), SimulatedService.PATIENT, Http2.EXCLUSIVE);
      assertThat(server.requests()).isEmpty();
      return look.outcome()
          + ": "
          + look.detail()
              .orElse("")
              .replaceAll("the certificate of https://127\\.0\\.0\\.1:\\d+ |:.*", "");
    }
  }

  @Test
  void whatCannotBeReachedIsToldAsAStreamWouldTellIt() throws Exception {
    final int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    final EndpointLook refused = look(plain(nobody), SimulatedService.PATIENT, Http2.OFF);
    final EndpointLook unnamed =
        look(
            SimulatedService.endpoint(
                "openai", URI.create("https://no-such-host.invalid/v1"), direct()),
            SimulatedService.PATIENT,
            Http2.EXCLUSIVE);

    assertThat(refused.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(refused.detail().orElse("")).contains("refuses connections");
    assertThat(unnamed.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(unnamed.detail().orElse("")).contains("can't be resolved");
    assertThat(unnamed.connection().connectNanos()).isEmpty();
  }

  @Test
  void anAddressThatIsRefusedToStreamsIsRefusedToALook() throws Exception {
    final Endpoint usual = plain(1);
    final EndpointLook look =
        look(
            new Endpoint(
                usual.name(),
                usual.provider(),
                usual.api(),
                URI.create("https://169.254.169.254/v1"),
                Network.DEFAULT,
                Optional.empty(),
                usual.headers(),
                usual.credentials()),
            SimulatedService.PATIENT,
            Http2.EXCLUSIVE);

    assertThat(look.outcome()).isEqualTo(Outcome.REFUSED_BY_LIMIT);
    assertThat(look.detail().orElse("")).contains("link-local", "allow_address");
    assertThat(look.connection().connectNanos()).isEmpty();
  }

  @Test
  void aServiceThatSaysNothingIsNotWaitedForForEver() throws Exception {
    final CountDownLatch over = new CountDownLatch(1);
    try (SocketServer server =
        SocketServer.raw(
            connection -> {
              try {
                over.await();
              } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      final EndpointLook silent = look(plain(server.port()), SHORT, Http2.OFF);
      final EndpointLook handshaking = look(secure(server.port()), SHORT, Http2.EXCLUSIVE);

      assertThat(silent.outcome()).isEqualTo(Outcome.TIMEOUT_FIRST_BYTE);
      assertThat(handshaking.outcome()).isEqualTo(Outcome.TIMEOUT_CONNECT);
    } finally {
      over.countDown();
    }
  }

  private Endpoint secure(final int port) throws IOException {
    return SimulatedService.endpoint(
        "openai",
        URI.create("https://127.0.0.1:" + port + "/v1"),
        Network.trusting(Optional.of(authority.rootFile(directory.resolve("ca.pem")))));
  }

  private static Endpoint plain(final int port) {
    return SimulatedService.endpoint(
        "openai", URI.create("http://127.0.0.1:" + port + "/v1"), direct());
  }

  private static Network direct() {
    return new Network(
        Optional.empty(), Optional.empty(), List.of(), ProxyChoice.NONE, List.of(), false);
  }

  private static EndpointLook look(
      final Endpoint endpoint, final Deadlines deadlines, final Http2 http2) throws Exception {
    try (StreamingHarness harness = SimulatedService.open(endpoint, deadlines, http2, 1 << 20)) {
      return harness.look(endpoint).get();
    }
  }
}
