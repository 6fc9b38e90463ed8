package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.LedgerEvent;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.ProxyChoice;
import dev.latencylens.harness.secret.Redactor;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.timeline.StreamMetrics;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.Proxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams through a proxy: encrypted to the service itself, and with true stamps. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ProxyTunnelTest {
  private static final int TOKENS = 20;

  private final Simulator simulator =
      Simulator.start(
          SimulatorOptions.defaults()
              .withOtherModels(
                  ModelProfile.defaults().with("ttft-ms=100,gap-ms=20,tokens=" + TOKENS)));

  ProxyTunnelTest() throws IOException {}

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Endpoint through(final int proxyPort, final Optional<Secret> login) {
    final Endpoint configured =
        SimulatedService.endpoint(
            "openai",
            URI.create(simulator.baseUri() + "/v1"),
            new Network(
                simulator.caPem(),
                Optional.empty(),
                List.of(),
                new ProxyChoice(false, Optional.of(URI.create("http://127.0.0.1:" + proxyPort))),
                List.of(),
                false));
    assertThat(configured.proxy()).contains(new Proxy("127.0.0.1", proxyPort, Optional.empty()));
    return new Endpoint(
        configured.name(),
        configured.provider(),
        configured.api(),
        configured.baseUrl(),
        configured.network(),
        Optional.of(new Proxy("127.0.0.1", proxyPort, login)),
        configured.headers(),
        configured.credentials());
  }

  private static StreamRecord ask(final Endpoint endpoint, final Http2 http2) throws Exception {
    return SimulatedService.alone(endpoint, SimulatedService.PATIENT, http2);
  }

  @ParameterizedTest
  @EnumSource(Http2.class)
  void theProxyReadsNeitherKeyNorPromptAndTheStampsAreTrue(final Http2 http2) throws Exception {
    try (TunnelProxy proxy = new TunnelProxy("")) {
      final StreamRecord record = ask(through(proxy.port(), Optional.empty()), http2);

      assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(record.connection().httpVersion())
          .isEqualTo(http2 == Http2.OFF ? "HTTP/1.1" : "HTTP/2.0");
      assertThat(proxy.heads())
          .singleElement()
          .asString()
          .startsWith("CONNECT 127.0.0.1:" + simulator.baseUri().getPort() + " HTTP/1.1\r\n")
          .doesNotContainIgnoringCase("authorization");
      assertThat(proxy.passed().length()).isGreaterThan(1_000);
      assertThat(proxy.passed())
          .doesNotContain(SimulatedService.KEY)
          .doesNotContain("Say hello")
          .doesNotContain("Bearer");
      stampsAreTrue(record);
    }
  }

  /** Each event was stamped after it was sent; the phases and what follows add up. */
  private void stampsAreTrue(final StreamRecord record) {
    final long[] sent =
        simulator
            .ledger(record.attributes().getOrDefault(StreamAttribute.RESPONSE_ID, "none"))
            .orElseThrow()
            .events()
            .stream()
            .filter(LedgerEvent::content)
            .mapToLong(LedgerEvent::sentNanos)
            .toArray();
    final long[] stamps = record.content().eventStamps();
    assertThat(stamps).hasSameSizeAs(sent);
    for (int i = 0; i < sent.length; i++) {
      assertThat(stamps[i] - sent[i]).isPositive();
    }
    final StreamMetrics metrics = StreamMetrics.of(record);
    assertThat(metrics.ttft().orElseThrow())
        .isEqualTo(stamps[0] - record.actualStart().orElseThrow());
    assertThat(record.connection().cold()).isTrue();
    assertThat(record.connection().connectNanos().orElseThrow()).isPositive();
    assertThat(record.connection().tlsNanos().orElseThrow()).isPositive();
    assertThat(
            metrics.queue()
                + record.connection().setupNanos()
                + metrics.lease().orElseThrow()
                + metrics.ttft().orElseThrow())
        .isEqualTo(metrics.responseTtft().orElseThrow());
    assertThat(metrics.lease().orElseThrow()).isNotNegative();
  }

  @Test
  void aLoginGoesToTheProxyAloneAndIsRedacted() throws Exception {
    final Secret login = Secret.of("robot:pass-word-17");
    try (TunnelProxy proxy = new TunnelProxy("")) {
      final StreamRecord record = ask(through(proxy.port(), Optional.of(login)), Http2.OFF);

      assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(proxy.heads())
          .singleElement()
          .asString()
          // robot:pass-word-17, as RFC 7617 has it.
          .contains("\r\nProxy-Authorization: Basic cm9ib3Q6cGFzcy13b3JkLTE3\r\n");
      assertThat(proxy.passed()).doesNotContainIgnoringCase("proxy-authorization");
      assertThat(Redactor.redact("cm9ib3Q6cGFzcy13b3JkLTE3 robot:pass-word-17"))
          .isEqualTo("[redacted] [redacted]");
    }
  }

  @Test
  void aProxyThatWantsALoginIsTold() throws Exception {
    try (TunnelProxy proxy =
        new TunnelProxy(
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n"
                + "Content-Length: 6\r\n\r\nMARKED")) {
      final StreamRecord record = ask(through(proxy.port(), Optional.empty()), Http2.EXCLUSIVE);

      assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(record.httpStatus()).isEmpty();
      assertThat(record.actualStart()).isEmpty();
      assertThat(record.detail().orElse(""))
          .contains("the proxy 127.0.0.1:" + proxy.port())
          .contains("status 407")
          .contains("HTTPS_PROXY")
          .doesNotContain("MARKED");
    }
  }

  @Test
  void aProxyThatRefusesIsToldFromAServiceThatRefuses() throws Exception {
    try (TunnelProxy proxy = new TunnelProxy("HTTP/1.1 403 Forbidden\r\n\r\n")) {
      final StreamRecord record = ask(through(proxy.port(), Optional.empty()), Http2.EXCLUSIVE);

      assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(record.httpStatus()).isEmpty();
      assertThat(record.detail().orElse("")).contains("opens no way").contains("status 403");
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws Exception {
    final int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    final StreamRecord record = ask(through(port, Optional.empty()), Http2.OFF);

    assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
    assertThat(record.detail().orElse("")).contains("the proxy 127.0.0.1:" + port + " refuses");
  }

  @Test
  void aProxyThatHangsUpIsNoTlsFailure() throws Exception {
    try (TunnelProxy proxy = new TunnelProxy("\r\n")) {
      final StreamRecord record = ask(through(proxy.port(), Optional.empty()), Http2.OFF);

      assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_FAILED);
      assertThat(record.detail().orElse("")).contains("the proxy");
    }
  }
}
