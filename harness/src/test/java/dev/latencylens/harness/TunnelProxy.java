package dev.latencylens.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy on loopback that opens tunnels and keeps all that it could read. */
final class TunnelProxy implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService connections = Executors.newCachedThreadPool();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private final String refusal;

  /**
   * Opens a proxy.
   *
   * @param refusal what it answers, or nothing to open each tunnel
   */
  TunnelProxy(final String refusal) throws IOException {
    this.refusal = refusal;
    connections.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The requests for tunnels. */
  List<String> heads() {
    return heads;
  }

  /** All that went through, both ways, in Latin-1. */
  String passed() {
    synchronized (passed) {
      return passed.toString(ISO_8859_1);
    }
  }

  private void accept() {
    try {
      while (true) {
        final Socket client = socket.accept();
        connections.execute(() -> serve(client));
      }
    } catch (final IOException closed) {
      // By close().
    }
  }

  private void serve(final Socket client) {
    try (client) {
      final String head = head(client.getInputStream());
      heads.add(head);
      if (!refusal.isEmpty()) {
        client.getOutputStream().write(refusal.getBytes(ISO_8859_1));
        return;
      }
      final String[] authority = head.split(" ", 3)[1].split(":", 2);
      try (Socket service =
          new Socket(InetAddress.getByName(authority[0]), Integer.parseInt(authority[1]))) {
        client
            .getOutputStream()
            .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
        connections.execute(() -> pump(service, client));
        pump(client, service);
      }
    } catch (final IOException gone) {
      // One side hung up.
    }
  }

  private static String head(final InputStream in) throws IOException {
    final ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      final int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  private void pump(final Socket from, final Socket to) {
    try {
      final InputStream in = from.getInputStream();
      final OutputStream out = to.getOutputStream();
      final byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        synchronized (passed) {
          passed.write(buffer, 0, read);
        }
        out.write(buffer, 0, read);
        out.flush();
      }
      to.shutdownOutput();
    } catch (final IOException gone) {
      // One side hung up.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    connections.shutdownNow();
  }
}
