package dev.latencylens.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.latencylens.fixtures.simulator.Fault;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * A service with one fault.
 *
 * @param uri where it listens
 * @param caBundle who vouches for it
 * @param stop ends it
 */
record FaultyService(URI uri, Optional<Path> caBundle, Closeable stop) implements Closeable {
  static final String EVENT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String CHUNK = Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n";

  /** Starts a service. */
  @FunctionalInterface
  interface Start {
    FaultyService in(Path directory) throws Exception;
  }

  /** A model of the simulator that does it wrong; with TLS, so that HTTP/2 can be spoken. */
  static Start simulated(final Fault fault, final String profile, final boolean tls) {
    return directory -> {
      final Simulator simulator =
          Simulator.start(
              SimulatorOptions.defaults()
                  .withPlain(!tls)
                  .withOtherModels(ModelProfile.defaults().with(profile).withFault(fault, 3)));
      return new FaultyService(simulator.baseUri(), simulator.caPem(), simulator::close);
    };
  }

  /** Nobody listens. */
  static Start absent() {
    return directory -> {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return plain(free.getLocalPort(), () -> {});
      }
    };
  }

  /** Reads the request, then resets the connection. */
  static Start resetting(final String first) {
    return socket(
        (request, connection) -> {
          connection.getOutputStream().write(first.getBytes(ISO_8859_1));
          connection.getOutputStream().flush();
          connection.setSoLinger(true, 0);
        });
  }

  /** Closes in the middle of a chunked body. */
  static Start closing() {
    return socket(SocketServer.answering(CHUNKED + CHUNK));
  }

  /** Closes a body that the connection's end ends, so that only a terminator would tell. */
  static Start closingWithoutTerminator() {
    return socket(
        SocketServer.answering(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + EVENT));
  }

  static Start badChunks() {
    return socket(SocketServer.answering(CHUNKED + CHUNK + "no-length\r\n" + EVENT));
  }

  static Start answering(final String head) {
    return socket(SocketServer.answering(head));
  }

  /** Accepts connections and never says a word, so that no TLS handshake begins. */
  static Start silentInHandshake() {
    return directory -> {
      final SocketServer server =
          SocketServer.raw(
              connection -> {
                while (connection.getInputStream().read() >= 0) {
                  // Whatever comes.
                }
              });
      return secure(server.port(), Optional.empty(), server::close);
    };
  }

  private static Start socket(final SocketServer.Answer answer) {
    return directory -> {
      final SocketServer server =
          SocketServer.plain(
              (request, connection) -> {
                answer.to(request, connection);
                if (!connection.isClosed() && connection.getSoLinger() != 0) {
                  // An orderly end: what was sent arrives before the connection is closed.
                  connection.shutdownOutput();
                  final InputStream in = connection.getInputStream();
                  while (in.read() >= 0) {
                    // Until the client has left too.
                  }
                }
              });
      return plain(server.port(), server::close);
    };
  }

  /** Shows a certificate that is expired, or for another name. */
  static Start untrustworthy(final boolean expired) {
    return directory -> {
      final TestAuthority authority = TestAuthority.root("faults");
      final TestAuthority.Issued issued =
          expired
              ? authority.issueExpired("server", "127.0.0.1")
              : authority.issue("server", "other.example");
      final SocketServer server =
          SocketServer.secure(issued.context(), false, SocketServer.streaming());
      return secure(server.port(), Optional.of(bundle(authority, directory)), server::close);
    };
  }

  /** Speaks HTTP/2, and answers the first request of each connection well if asked to. */
  static Start http2(final boolean firstIsWell, final H2Server.Answer answer) {
    return directory -> {
      final TestAuthority authority = TestAuthority.root("faults");
      final SSLContext context = authority.issue("server", "127.0.0.1").context();
      final Set<H2Server.Frames> known = ConcurrentHashMap.newKeySet();
      final H2Server server =
          new H2Server(
              context,
              (stream, out) -> {
                if (firstIsWell && known.add(out)) {
                  out.streamBegins(stream);
                  out.data(stream, SocketServer.STREAM, true);
                } else {
                  answer.to(stream, out);
                }
              });
      return secure(server.port(), Optional.of(bundle(authority, directory)), server::close);
    };
  }

  /** Begins a stream with one event of content. */
  static void begin(final int stream, final H2Server.Frames out) throws IOException {
    out.streamBegins(stream);
    out.data(stream, EVENT, false);
  }

  private static Path bundle(final TestAuthority authority, final Path directory)
      throws IOException {
    return authority.rootFile(Files.createTempFile(directory, "ca", ".pem"));
  }

  private static FaultyService plain(final int port, final Closeable stop) {
    return new FaultyService(URI.create("http://127.0.0.1:" + port), Optional.empty(), stop);
  }

  private static FaultyService secure(
      final int port, final Optional<Path> caBundle, final Closeable stop) {
    return new FaultyService(URI.create("https://127.0.0.1:" + port), caBundle, stop);
  }

  @Override
  public void close() throws IOException {
    stop.close();
  }
}
