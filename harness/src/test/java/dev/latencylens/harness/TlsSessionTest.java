package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether a new connection resumes the TLS session of an earlier one, as the server sees it: only
 * in a whole handshake does it prove who it is.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TlsSessionTest {
  private static final int STREAMS = 8;

  private final Path directory;

  TlsSessionTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, false", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.3, true"})
  void sessionsAreResumedOnlyWhereThatIsAskedFor(final String version, final boolean resume)
      throws Exception {
    final TestAuthority authority = TestAuthority.root("sessions");
    final AtomicInteger proofs = new AtomicInteger();
    try (SocketServer server =
        SocketServer.secure(
            authority.issue("server", "127.0.0.1").contextCounting(proofs),
            false,
            SocketServer.streaming())) {
      server.speakOnly(version);
      final Endpoint endpoint =
          SimulatedService.endpoint(
              "openai",
              URI.create("https://127.0.0.1:" + server.port() + "/v1"),
              Optional.of(authority.rootFile(directory.resolve("ca.pem"))));
      final Connections cold =
          new Connections(10, 10, Connections.DEFAULT.poolIdleTimeout(), false, false, resume);

      final List<Boolean> whole = new ArrayList<>();
      try (StreamingHarness harness =
          StreamingHarness.open(
              new TransportSettings(
                  SimulatedService.PATIENT, Http2.EXCLUSIVE, cold, 64L << 20, 8L << 20, false),
              List.of(endpoint))) {
        for (int i = 0; i < STREAMS; i++) {
          final int before = proofs.get();
          final StreamRecord stream = SimulatedService.start(harness, endpoint, "any").get();

          assertThat(stream.outcome()).isEqualTo(Outcome.COMPLETE);
          assertThat(stream.connection().cold()).isTrue();
          whole.add(proofs.get() > before);
        }
      }
      if (resume) {
        // TLS drops the session of a connection that was not closed in order, so not each one is.
        assertThat(whole).startsWith(true).contains(false);
      } else {
        assertThat(whole).containsOnly(true);
      }
    }
  }
}
