package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.ProxyChoice;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.net.URI;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pinned key must stand in the verified chain, whatever else a server sends along. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PinnedKeyTest {
  private static final String OTHER = "sha256/" + "A".repeat(43) + "=";

  private final Path directory;
  private final TestAuthority root = TestAuthority.root("root");
  private final TestAuthority between = root.intermediate("between");
  private final TestAuthority.Issued server = between.issue("server", "127.0.0.1");

  PinnedKeyTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theKeyOfEachCertificateOfTheChainMayBePinned(final int place) throws Exception {
    final X509Certificate pinned =
        List.of(server.chain().get(0), between.certificate(), root.certificate()).get(place);

    assertThat(asked(server.context(), List.of(OTHER, pin(pinned))).outcome())
        .isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void anotherKeyIsRefusedBeforeAnythingIsSent() throws Exception {
    final StreamRecord record = asked(server.context(), List.of(OTHER));

    assertThat(record.outcome()).isEqualTo(Outcome.TLS_FAILED);
    assertThat(record.detail().orElse(""))
        .contains("pins")
        .contains(pin(server.chain().get(0)), pin(between.certificate()), pin(root.certificate()));
    assertThat(record.actualStart()).isEmpty();
  }

  @Test
  void aPinnedCertificateThatDidNotVouchForTheServerDoesNotCount() throws Exception {
    final X509Certificate stranger = TestAuthority.root("stranger").certificate();

    assertThat(asked(server.context(stranger), List.of(pin(stranger))).outcome())
        .isEqualTo(Outcome.TLS_FAILED);
  }

  @Test
  void aPinIsNoTrust() throws Exception {
    final TestAuthority unknown = TestAuthority.root("root");
    final TestAuthority.Issued impostor = unknown.issue("server", "127.0.0.1");
    final StreamRecord record = asked(impostor.context(), List.of(pin(impostor.chain().get(0))));

    assertThat(record.outcome()).isEqualTo(Outcome.TLS_FAILED);
    assertThat(record.detail().orElse("")).contains("not trusted");
  }

  @Test
  void aPinnedServerOfAnotherNameIsRefused() throws Exception {
    final TestAuthority.Issued other = between.issue("server", "127.0.0.2");
    final StreamRecord record = asked(other.context(), List.of(pin(other.chain().get(0))));

    assertThat(record.outcome()).isEqualTo(Outcome.TLS_FAILED);
    assertThat(record.detail().orElse("")).contains("is for another name");
  }

  private StreamRecord asked(final SSLContext context, final List<String> pins) throws Exception {
    try (SocketServer listening = SocketServer.secure(context, false, SocketServer.streaming())) {
      final Network network =
          new Network(
              Optional.of(root.rootFile(directory.resolve("ca.pem"))),
              Optional.empty(),
              pins,
              ProxyChoice.NONE,
              List.of(),
              false);
      final StreamRecord record =
          SimulatedService.alone(
              SimulatedService.endpoint(
                  "openai", URI.create("https://127.0.0.1:" + listening.port() + "/v1"), network),
              SimulatedService.PATIENT,
              Http2.EXCLUSIVE);
      if (record.outcome() != Outcome.COMPLETE) {
        assertThat(listening.requests()).isEmpty();
      }
      return record;
    }
  }

  /** As the README's command makes it, by way of OpenSSL's form: over the public key in DER. */
  private static String pin(final X509Certificate certificate) throws NoSuchAlgorithmException {
    return "sha256/"
        + Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded()));
  }
}
