package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.timeline.StreamMetrics;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What an inference engine that this project did not write sends, and where that differs from the
 * simulated stream: replayed byte for byte, as llama.cpp's own server sent it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class LlamaCppStreamTest {
  @Test
  void aWholeAnswerInOneWriteIsReadAndItsEventsAreMarkedCoalesced() throws Exception {
    final StreamRecord record = replay("answer.http");

    assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(record.finishReason()).hasValue("length");
    assertThat(record.usage().inputTokens()).hasValue(24);
    assertThat(record.usage().cachedInputTokens()).hasValue(0);
    // No completion_tokens_details: nothing says that a token was held back.
    assertThat(record.usage().outputTokens()).hasValue(64);
    assertThat(record.usage().streamedTokens()).hasValue(64);
    // The role chunk's content is null, and it shares an HTTP chunk with the first token.
    assertThat(record.content().events()).isEqualTo(64);
    assertThat(record.content().reads()).isLessThan(64);
    assertThat(record.content().coalesced()).isGreaterThan(1);
    assertThat(record.attributes())
        .containsEntry(StreamAttribute.MODEL, "small")
        .containsEntry(StreamAttribute.SYSTEM_FINGERPRINT, "b0-unknown")
        .doesNotContainKey(StreamAttribute.SERVICE_TIER);
    assertThat(record.serverRequestId()).isEmpty();
  }

  @Test
  void keepAliveCommentsAreBytesAndNeverContent() throws Exception {
    final StreamRecord record = replay("keep-alive.http");

    assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(record.usage().outputTokens()).hasValue(32);
    assertThat(record.content().events()).isLessThanOrEqualTo(32);
    final StreamMetrics metrics = StreamMetrics.of(record);
    assertThat(metrics.ttfb().orElseThrow()).isLessThanOrEqualTo(metrics.ttft().orElseThrow());
  }

  @Test
  void withoutReuseAServerThatClosesEachConnectionUnannouncedLosesNoStream() throws Exception {
    final byte[] response = recorded("keep-alive.http");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      final CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 5; i++) {
                  serveOnce(server, response);
                }
              });
      final Endpoint endpoint = endpoint(server);
      try (StreamingHarness harness =
          StreamingHarness.open(
              new TransportSettings(
                  SimulatedService.PATIENT,
                  Http2.EXCLUSIVE,
                  Connections.DEFAULT.withReuse(false),
                  64L << 20,
                  8L << 20,
                  false),
              List.of(endpoint))) {
        for (int i = 0; i < 5; i++) {
          final StreamRecord record = SimulatedService.start(harness, endpoint, "small").get();
          assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
          assertThat(record.connection().cold()).isTrue();
        }
      }
      served.get();
    }
  }

  private static byte[] recorded(final String recording) throws IOException {
    try (InputStream in = LlamaCppStreamTest.class.getResourceAsStream("llamacpp/" + recording)) {
      return Objects.requireNonNull(in, recording).readAllBytes();
    }
  }

  private static Endpoint endpoint(final ServerSocket server) {
    return SimulatedService.endpoint(
        "openai",
        URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1"),
        Optional.empty());
  }

  private static StreamRecord replay(final String recording) throws Exception {
    final byte[] response = recorded(recording);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      final CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> serveOnce(server, response));
      final Endpoint endpoint = endpoint(server);
      try (StreamingHarness harness =
          SimulatedService.open(endpoint, SimulatedService.PATIENT, Http2.EXCLUSIVE, 64L << 20)) {
        final StreamRecord record = SimulatedService.start(harness, endpoint, "small").get();
        served.get();
        return record;
      }
    }
  }

  private static void serveOnce(final ServerSocket server, final byte[] response) {
    try (Socket socket = server.accept()) {
      final InputStream in = socket.getInputStream();
      final StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      final int length =
          head.toString()
              .lines()
              .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
              .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
              .findFirst()
              .orElseThrow();
      assertThat(new String(in.readNBytes(length), StandardCharsets.UTF_8)).contains("\"small\"");
      final OutputStream out = socket.getOutputStream();
      out.write(response);
      out.flush();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
