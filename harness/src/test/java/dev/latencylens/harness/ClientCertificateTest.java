package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.ClientCertificate;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.ProxyChoice;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that ask for a certificate, as companies' gateways do. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ClientCertificateTest {
  private final Path directory;
  private final TestAuthority servers = TestAuthority.root("servers");
  private final TestAuthority clients = TestAuthority.root("clients");
  private final List<String> seen = new CopyOnWriteArrayList<>();

  ClientCertificateTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whatTheConfigurationNamesIsShown(final String version) throws Exception {
    final TestAuthority.Issued own = clients.intermediate("teams").issue("team-7");

    assertThat(asked(version, Optional.of(own)).outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(seen).containsExactly("CN=team-7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void withoutACertificateTheSentenceSaysThatOneIsWanted(final String version) throws Exception {
    final StreamRecord record = asked(version, Optional.empty());

    assertThat(record.outcome()).isEqualTo(Outcome.TLS_FAILED);
    assertThat(record.detail().orElse("")).contains("client_certificate");
    assertThat(seen).isEmpty();
  }

  @Test
  void aCertificateOfAStrangerIsRefusedByTheServer() throws Exception {
    final TestAuthority.Issued stranger = TestAuthority.root("clients").issue("team-7");

    assertThat(asked("TLSv1.3", Optional.of(stranger)).outcome()).isEqualTo(Outcome.TLS_FAILED);
    assertThat(seen).isEmpty();
  }

  private StreamRecord asked(final String version, final Optional<TestAuthority.Issued> client)
      throws Exception {
    final Optional<ClientCertificate> files =
        client.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new ClientCertificate(
                    client.get().chainFile(directory.resolve("own.pem")),
                    client.get().keyFile(directory.resolve("own.key"))));
    final SocketServer.Answer streaming = SocketServer.streaming();
    try (SocketServer server =
        SocketServer.secure(
            servers.issue("server", "127.0.0.1").contextKnowing(clients),
            true,
            (request, connection) -> {
              final SSLSocket tls = (SSLSocket) connection;
              assertThat(tls.getSession().getProtocol()).isEqualTo(version);
              seen.add(tls.getSession().getPeerPrincipal().getName());
              streaming.to(request, connection);
            })) {
      server.speakOnly(version);
      final Network network =
          new Network(
              Optional.of(servers.rootFile(directory.resolve("ca.pem"))),
              files,
              List.of(),
              ProxyChoice.NONE,
              List.of(),
              false);
      return SimulatedService.alone(
          SimulatedService.endpoint(
              "openai", URI.create("https://127.0.0.1:" + server.port() + "/v1"), network),
          SimulatedService.PATIENT,
          Http2.EXCLUSIVE);
    }
  }
}
