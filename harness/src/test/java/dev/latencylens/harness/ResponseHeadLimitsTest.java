package dev.latencylens.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.http2.ssl.H2ServerTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads without end: a server may not fill the client's memory before the stream begins. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ResponseHeadLimitsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

  @ParameterizedTest
  @CsvSource({"190, COMPLETE", "201, TOO_LARGE", "100000, TOO_LARGE"})
  void headersAreCounted(final int count, final Outcome outcome) throws Exception {
    final String headers = "X-Header: value\r\n".repeat(count);

    assertThat(answered(OK + headers + "\r\n" + SocketServer.STREAM).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"60000, COMPLETE", "66000, TOO_LARGE", "50000000, TOO_LARGE"})
  void linesOfTheHeadAreBounded(final int length, final Outcome outcome) throws Exception {
    final String header = "X-Header: " + "v".repeat(length) + "\r\n";

    assertThat(answered(OK + header + "\r\n" + SocketServer.STREAM).outcome()).isEqualTo(outcome);
  }

  @Test
  void trailersAreCountedLikeHeaders() throws Exception {
    final StreamRecord record = answered(chunked("X-Trailer: value\r\n".repeat(100_000)));

    assertThat(record.outcome()).isEqualTo(Outcome.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({"102, TOO_LARGE", "103, TOO_LARGE", "100, TIMEOUT_FIRST_BYTE"})
  void interimResponsesDoNotGoOnForEver(final int status, final Outcome outcome) throws Exception {
    // HttpClient keeps 100 to itself: there the deadline ends it.
    final Deadlines patient = SimulatedService.PATIENT;
    final Deadlines deadlines =
        outcome.isTimeout()
            ? new Deadlines(
                patient.connect(),
                Duration.ofMillis(500),
                patient.firstToken(),
                patient.idle(),
                patient.total())
            : patient;
    final byte[] interim =
        ("HTTP/1.1 " + status + " Wait\r\nLink: </a>\r\n\r\n").getBytes(ISO_8859_1);
    try (SocketServer server =
        SocketServer.plain(
            (request, connection) -> {
              final OutputStream out = connection.getOutputStream();
              while (true) {
                // Until the client hangs up.
                out.write(interim);
              }
            })) {
      final StreamRecord record = asked(server, deadlines);

      assertThat(record.outcome()).isEqualTo(outcome);
      if (outcome == Outcome.TOO_LARGE) {
        assertThat(record.detail().orElse("")).contains("interim responses");
      }
    }
  }

  @Test
  void afterSomeInterimResponsesTheStreamIsRead() throws Exception {
    final String interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";

    assertThat(answered(interim.repeat(3) + chunked("")).outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @ParameterizedTest
  @CsvSource({"1000, COMPLETE", "70000, TOO_LARGE"})
  void headersOfHttp2AreBounded(
      final int bytes, final Outcome outcome, @TempDir final Path directory) throws Exception {
    final TestAuthority authority = TestAuthority.root("root");
    final HttpAsyncServer server =
        H2ServerBootstrap.bootstrap()
            .setCanonicalHostName("127.0.0.1")
            .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
            .setTlsStrategy(
                new H2ServerTlsStrategy(authority.issue("server", "127.0.0.1").context()))
            .register("*", new Replying(bytes))
            .create();
    server.start();
    try {
      final int port =
          ((InetSocketAddress)
                  server
                      .listen(
                          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                          URIScheme.HTTPS)
                      .get()
                      .getAddress())
              .getPort();
      final StreamRecord record =
          SimulatedService.alone(
              SimulatedService.endpoint(
                  "openai",
                  URI.create("https://127.0.0.1:" + port + "/v1"),
                  Optional.of(authority.rootFile(directory.resolve("ca.pem")))),
              SimulatedService.PATIENT,
              Http2.EXCLUSIVE);

      assertThat(record.outcome()).isEqualTo(outcome);
    } finally {
      server.close(CloseMode.IMMEDIATE);
    }
  }

  /** A stream behind a head of a given size. */
  private record Replying(int headerBytes)
      implements AsyncServerRequestHandler<Message<HttpRequest, String>> {
    @Override
    public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
        final HttpRequest request,
        final org.apache.hc.core5.http.EntityDetails entity,
        final HttpContext context) {
      return new BasicRequestConsumer<>(entity == null ? null : new StringAsyncEntityConsumer());
    }

    @Override
    public void handle(
        final Message<HttpRequest, String> request,
        final ResponseTrigger trigger,
        final HttpContext context)
        throws org.apache.hc.core5.http.HttpException, IOException {
      trigger.submitResponse(
          AsyncResponseBuilder.create(200)
              .addHeader(new BasicHeader("x-header", "v".repeat(headerBytes)))
              .setEntity(
                  SocketServer.STREAM,
                  org.apache.hc.core5.http.ContentType.parse("text/event-stream"))
              .build(),
          context);
    }
  }

  private static String chunked(final String trailers) {
    return OK
        + "Transfer-Encoding: chunked\r\n\r\n"
        + Integer.toHexString(SocketServer.STREAM.length())
        + "\r\n"
        + SocketServer.STREAM
        + "\r\n0\r\n"
        + trailers
        + "\r\n";
  }

  private static StreamRecord answered(final String response) throws Exception {
    try (SocketServer server = SocketServer.plain(SocketServer.answering(response))) {
      return asked(server);
    }
  }

  private static StreamRecord asked(final SocketServer server) throws Exception {
    return asked(server, SimulatedService.PATIENT);
  }

  private static StreamRecord asked(final SocketServer server, final Deadlines deadlines)
      throws Exception {
    return SimulatedService.alone(
        SimulatedService.endpoint(
            "openai", URI.create("http://127.0.0.1:" + server.port() + "/v1"), Network.DEFAULT),
        deadlines,
        Http2.OFF);
  }
}
