package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A redirect is an outcome: neither the key nor the prompt goes where it points. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RedirectTest {
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void nothingGoesToAnotherHost(final int status) throws Exception {
    try (SocketServer other = SocketServer.plain(SocketServer.streaming());
        SocketServer first =
            SocketServer.plain(
                SocketServer.answering(
                    "HTTP/1.1 "
                        + status
                        + " Elsewhere\r\nLocation: http://localhost:"
                        + other.port()
                        + "/v1/chat/completions\r\nContent-Length: 0\r\n\r\n"))) {
      final StreamRecord record = asked(first);

      assertThat(record.outcome()).isEqualTo(Outcome.HTTP_3XX);
      assertThat(other.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 307})
  void nothingIsSentTwiceToTheSameHost(final int status) throws Exception {
    try (SocketServer server =
        SocketServer.plain(
            SocketServer.answering(
                "HTTP/1.1 " + status + " Here\r\nLocation: /v2\r\nContent-Length: 0\r\n\r\n"))) {
      final StreamRecord record = asked(server);

      assertThat(record.outcome()).isEqualTo(Outcome.HTTP_3XX);
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static StreamRecord asked(final SocketServer server) throws Exception {
    return SimulatedService.alone(
        SimulatedService.endpoint(
            "openai", URI.create("http://127.0.0.1:" + server.port() + "/v1"), Network.DEFAULT),
        SimulatedService.PATIENT,
        Http2.OFF);
  }
}
