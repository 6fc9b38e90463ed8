package dev.latencylens.benchmarks.micro;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A server on loopback that answers the first bytes of each connection with the same words, and
 * then says nothing. One thread serves all connections, so that it takes little of the machine.
 */
final class SilentService implements AutoCloseable {
  private static final int BACKLOG = 1_000;

  private final Selector selector;
  private final ServerSocketChannel listener;
  private final byte[] words;
  private final Thread thread;

  private SilentService(final String words) throws IOException {
    this.words = words.getBytes(StandardCharsets.US_ASCII);
    selector = Selector.open();
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    thread = new Thread(this::serve, "silent-service");
    thread.setDaemon(true);
  }

  /** Starts a server that says these words, and no more. */
  static SilentService saying(final String words) throws IOException {
    final SilentService service = new SilentService(words);
    service.thread.start();
    return service;
  }

  URI uri(final String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + listener.socket().getLocalPort() + "/v1");
  }

  private void serve() {
    final ByteBuffer request = ByteBuffer.allocate(1 << 16);
    try {
      while (selector.isOpen()) {
        selector.select(key -> ready(key, request));
      }
    } catch (final IOException | ClosedSelectorException closed) {
      // By close().
    }
  }

  private void ready(final SelectionKey key, final ByteBuffer request) {
    try {
      if (key.isAcceptable()) {
        final SocketChannel connection = listener.accept();
        if (connection != null) {
          connection.configureBlocking(false);
          connection.register(selector, SelectionKey.OP_READ);
        }
        return;
      }
      final SocketChannel connection = (SocketChannel) key.channel();
      request.clear();
      if (connection.read(request) < 0) {
        connection.close();
      } else if (key.attach(words) == null) {
        // A few hundred bytes into an empty send buffer: written whole.
        connection.write(ByteBuffer.wrap(words));
      }
    } catch (final IOException reset) {
      key.cancel();
      closeQuietly(key);
    }
  }

  private static void closeQuietly(final SelectionKey key) {
    try {
      key.channel().close();
    } catch (final IOException e) {
      // It is of no use any more.
    }
  }

  @Override
  public void close() throws IOException {
    selector.keys().forEach(SilentService::closeQuietly);
    selector.close();
    listener.close();
  }
}
