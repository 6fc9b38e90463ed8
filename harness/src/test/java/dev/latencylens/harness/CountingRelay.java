package dev.latencylens.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Passes bytes between a client and a server on loopback, and knows which of the client's
 * connections are open: what a server sees of them, whatever is spoken.
 */
final class CountingRelay implements AutoCloseable {
  private static final int BACKLOG = 500;
  private static final int BUFFER = 16 * 1024;

  private final ServerSocket socket;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  // Guarded by this.
  private final Set<Socket> open = new HashSet<>();
  private int accepted;

  private CountingRelay(final int target) throws IOException {
    this.target = target;
    socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Relays to a port of loopback. */
  static CountingRelay to(final URI server) throws IOException {
    return new CountingRelay(server.getPort());
  }

  int port() {
    return socket.getLocalPort();
  }

  /** How many connections were ever opened. */
  synchronized int accepted() {
    return accepted;
  }

  /** How many connections the client holds open. */
  synchronized int open() {
    return open.size();
  }

  /** Waits until the client holds so many connections open; returns how many in the end. */
  synchronized int awaitOpen(final int count, final long seconds) throws InterruptedException {
    final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (open.size() != count) {
      final long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    return open.size();
  }

  private void accept() {
    try {
      while (true) {
        final Socket client = socket.accept();
        client.setTcpNoDelay(true);
        synchronized (this) {
          open.add(client);
          accepted++;
          notifyAll();
        }
        final Socket server = new Socket();
        threads.execute(() -> connect(client, server));
      }
    } catch (final IOException closed) {
      // By close().
    }
  }

  private void connect(final Socket client, final Socket server) {
    try {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      server.setTcpNoDelay(true);
    } catch (final IOException refused) {
      reset(client);
      left(client);
      return;
    }
    threads.execute(() -> pass(server, client));
    pass(client, server);
    left(client);
    reset(client);
    reset(server);
  }

  private synchronized void left(final Socket client) {
    open.remove(client);
    notifyAll();
  }

  /** Until the end of input, which is passed on, or until one side breaks, which the other gets. */
  private static void pass(final Socket from, final Socket to) {
    final byte[] buffer = new byte[BUFFER];
    try {
      final InputStream in = from.getInputStream();
      final OutputStream out = to.getOutputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
      // Not closed: a reset would overtake what the other side has not read yet.
      to.shutdownOutput();
    } catch (final IOException broken) {
      reset(to);
    }
  }

  private static void reset(final Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (final IOException gone) {
      // As meant.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    synchronized (this) {
      open.forEach(CountingRelay::reset);
    }
    threads.shutdownNow();
  }
}
