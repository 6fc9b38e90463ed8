package dev.latencylens.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that compresses its answers though the request forbids it. */
final class CompressedResponseTest {
  private static final String STREAM =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
          + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

  private static byte[] zipped(final int times) throws IOException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < times; i++) {
        zip.write(STREAM.getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static StreamRecord answered(final String encoding, final byte[] body)
      throws IOException {
    final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.getResponseHeaders().set("Content-Encoding", encoding);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    final Endpoint endpoint =
        SimulatedService.endpoint(
            "openai",
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            Optional.empty());
    try (StreamingHarness harness =
        SimulatedService.open(endpoint, Deadlines.DEFAULT, Http2.OFF, 1 << 20)) {
      return harness.stream(
              endpoint,
              RateLimiter.unlimited(System::nanoTime),
              StreamRequest.of("r1", "m", "Hi", 5),
              System.nanoTime())
          .join();
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip", "GZip", "br", "'identity, gzip'", "x-unknown"})
  void aCompressedBodyIsRefusedRatherThanExpanded(final String encoding) throws IOException {
    final StreamRecord record = answered(encoding, zipped(100_000));

    assertThat(record.outcome()).isEqualTo(Outcome.UNEXPECTED_RESPONSE);
    assertThat(record.detail().orElseThrow()).contains("answered with a compressed body");
    assertThat(record.content().events()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"identity", "IDENTITY"})
  void whatIsNotCodedIsRead(final String encoding) throws IOException {
    final StreamRecord record = answered(encoding, STREAM.getBytes(UTF_8));

    assertThat(record.outcome()).isEqualTo(Outcome.COMPLETE);
  }
}
