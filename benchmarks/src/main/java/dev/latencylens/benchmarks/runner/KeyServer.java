package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.streaming.KeyChannel;
import dev.latencylens.harness.secret.KeySupply;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Answers the measuring processes that need keys, on a Unix domain socket in a directory that only
 * its owner may enter. One question at a time, on a thread of its own.
 */
final class KeyServer implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel channel;
  private final KeySupply keys;

  private KeyServer(final Path socket, final ServerSocketChannel channel, final KeySupply keys) {
    this.socket = socket;
    this.channel = channel;
    this.keys = keys;
  }

  /**
   * Begins to listen.
   *
   * @param directory private to its owner
   * @param keys what is asked
   * @throws IOException if no socket can be made there
   */
  static KeyServer start(final Path directory, final KeySupply keys) throws IOException {
    final Path socket = directory.resolve("keys");
    final ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket));
    } catch (final IOException e) {
      channel.close();
      throw new IOException(
          "no socket can be made in " + directory + ": set TMPDIR to a shorter path", e);
    }
    final KeyServer server = new KeyServer(socket, channel, keys);
    final Thread thread = new Thread(server::serve, "latency-lens-keys");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  Path socket() {
    return socket;
  }

  private void serve() {
    while (channel.isOpen()) {
      try (SocketChannel asker = channel.accept()) {
        KeyChannel.answer(asker, keys);
      } catch (final ClosedChannelException closed) {
        return;
      } catch (final IOException e) {
        // A process that died while it asked: the next one is answered all the same.
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(socket);
  }
}
