package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * TLS below 1.2 is not spoken, even by a Java that was told to: in a process of its own, since the
 * JDK refuses old versions by itself and reads that setting once.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class OldTlsTest {
  @ParameterizedTest
  @CsvSource({"TLSv1, TLS_FAILED", "TLSv1.1, TLS_FAILED", "TLSv1.2, COMPLETE"})
  void whatIsSpoken(final String version, final Outcome outcome, @TempDir final Path directory)
      throws Exception {
    final Path lenient =
        Files.writeString(
            directory.resolve("lenient.security"),
            "jdk.tls.disabledAlgorithms=\njdk.certpath.disabledAlgorithms=\n");
    final Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.security.properties=" + lenient,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                OldTlsTest.class.getName(),
                version,
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    final String said =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(child.waitFor()).isZero();
    assertThat(said).isEqualTo(outcome.name());
  }

  /** Asks a server that speaks one version alone; prints the outcome. */
  public static void main(final String[] arguments) throws Exception {
    final TestAuthority authority = TestAuthority.root("root");
    try (SocketServer server =
        SocketServer.secure(
            authority.issue("server", "127.0.0.1").context(), false, SocketServer.streaming())) {
      server.speakOnly(arguments[0]);
      final StreamRecord record =
          SimulatedService.alone(
              SimulatedService.endpoint(
                  "openai",
                  URI.create("https://127.0.0.1:" + server.port() + "/v1"),
                  Optional.of(authority.rootFile(Path.of(arguments[1], "ca.pem")))),
              SimulatedService.PATIENT,
              Http2.OFF);
      System.out.println(record.outcome());
    }
  }
}
