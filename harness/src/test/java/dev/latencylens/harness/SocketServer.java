package dev.latencylens.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server on loopback that reads one request of each connection, and answers as it is told. */
public final class SocketServer implements AutoCloseable {
  /** A whole stream in the dialect of OpenAI. */
  static final String STREAM =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
          + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

  private static final int BACKLOG = 500;

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

  private final ServerSocket socket;
  private final ExecutorService connections = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Optional<String> onlyVersion = Optional.empty();

  /** Answers a request. */
  @FunctionalInterface
  interface Answer {
    void to(String request, Socket connection) throws IOException;
  }

  /** Serves a connection. */
  @FunctionalInterface
  interface Served {
    void on(Socket connection) throws IOException;
  }

  private SocketServer(final ServerSocket socket, final Answer answer) {
    this.socket = socket;
    connections.execute(() -> accept(connection -> serve(connection, answer)));
  }

  private SocketServer(final ServerSocket socket, final Served served) {
    this.socket = socket;
    connections.execute(() -> accept(served));
  }

  static SocketServer plain(final Answer answer) throws IOException {
    return new SocketServer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), answer);
  }

  /** Reads no request: the connection is served as it is. */
  static SocketServer raw(final Served served) throws IOException {
    return new SocketServer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), served);
  }

  static SocketServer secure(
      final SSLContext context, final boolean asksForCertificate, final Answer answer)
      throws IOException {
    final SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(asksForCertificate);
    return new SocketServer(socket, answer);
  }

  /** Answers with a stream and closes the connection. */
  static Answer streaming() {
    return answering("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + STREAM);
  }

  static Answer answering(final String response) {
    return (request, connection) -> {
      final OutputStream out = connection.getOutputStream();
      out.write(response.getBytes(ISO_8859_1));
      out.flush();
    };
  }

  /** From the next connection on. */
  void speakOnly(final String tlsVersion) {
    onlyVersion = Optional.of(tlsVersion);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What arrived, in Latin-1: each request whole. */
  List<String> requests() {
    return requests;
  }

  private void accept(final Served served) {
    try {
      while (true) {
        final Socket connection = socket.accept();
        // The server's socket made it before it had a client, with what was enabled then.
        onlyVersion.ifPresent(
            version -> ((SSLSocket) connection).setEnabledProtocols(new String[] {version}));
        connections.execute(() -> serve(connection, served));
      }
    } catch (final IOException closed) {
      // By close().
    }
  }

  private static void serve(final Socket connection, final Served served) {
    try (connection) {
      served.on(connection);
    } catch (final IOException refused) {
      // The client does not like this server, or goes away: its record says so.
    }
  }

  private void serve(final Socket connection, final Answer answer) throws IOException {
    final Optional<String> request = read(connection.getInputStream());
    if (request.isPresent()) {
      requests.add(request.get());
      answer.to(request.get(), connection);
    }
  }

  /** Reads one request. */
  static Optional<String> read(final InputStream raw) throws IOException {
    final InputStream in = new BufferedInputStream(raw);
    final ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      final int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      head.write(next);
    }
    final Matcher length = LENGTH.matcher(head.toString(ISO_8859_1));
    if (length.find()) {
      head.writeBytes(in.readNBytes(Integer.parseInt(length.group(1))));
    }
    return Optional.of(head.toString(ISO_8859_1));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    connections.shutdownNow();
  }
}
