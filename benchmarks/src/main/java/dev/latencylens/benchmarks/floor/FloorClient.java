package dev.latencylens.benchmarks.floor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The floor: one thread, a selector, plain sockets, a request of a few lines, and a stamp before
 * each read. No HTTP library and no TLS, nothing decoded while streams run. Used by one thread.
 */
public final class FloorClient {
  private static final int BUFFER_BYTES = 1 << 16;

  private final URI service;
  private final byte[] request;

  /**
   * Prepares a client of the simulator.
   *
   * @param service where it listens, over plain HTTP
   * @param model what to ask for, in the form of OpenAI's Chat Completions
   */
  public FloorClient(final URI service, final String model) {
    this.service = service;
    final String body =
        "{\"model\":\""
            + model
            + "\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":"
            + "\"user\",\"content\":\"Go on.\"}]}";
    request =
        ("POST /v1/chat/completions HTTP/1.1\r\nHost: "
                + service.getAuthority()
                + "\r\nAuthorization: Bearer none\r\nContent-Type: application/json\r\n"
                + "Accept: text/event-stream\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads streams to their ends. Connections are opened first; then requests are sent one after the
   * other.
   *
   * @param count how many streams at a time
   * @param apartNanos how long after the one before each starts
   * @param patienceNanos when those that have not ended are given up
   * @return what came of each that ended
   * @throws IOException if the service can't be reached
   */
  public List<FloorReading> read(final int count, final long apartNanos, final long patienceNanos)
      throws IOException {
    final List<SocketChannel> channels = new ArrayList<>();
    final List<FloorStream> streams = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < count; i++) {
        final SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(service.getHost(), service.getPort()));
        channels.add(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        final FloorStream stream = new FloorStream();
        streams.add(stream);
        channel.register(selector, SelectionKey.OP_READ, stream);
      }
      run(selector, channels, apartNanos, patienceNanos);
    } finally {
      for (final SocketChannel channel : channels) {
        channel.close();
      }
    }
    return streams.stream().filter(FloorStream::isWhole).map(FloorReading::of).toList();
  }

  private void run(
      final Selector selector,
      final List<SocketChannel> channels,
      final long apartNanos,
      final long patienceNanos)
      throws IOException {
    final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    final long begun = System.nanoTime();
    int started = 0;
    int open = channels.size();
    while (open > 0 && System.nanoTime() - begun < patienceNanos) {
      long wait = 0;
      if (started < channels.size()) {
        final long due = begun + started * apartNanos - System.nanoTime();
        if (due <= 0) {
          channels.get(started++).write(ByteBuffer.wrap(request));
          continue;
        }
        wait = Math.max(1, TimeUnit.NANOSECONDS.toMillis(due));
      }
      selector.select(wait == 0 ? TimeUnit.SECONDS.toMillis(1) : wait);
      for (final SelectionKey key : selector.selectedKeys()) {
        if (ended((SocketChannel) key.channel(), (FloorStream) key.attachment(), buffer)) {
          key.cancel();
          open--;
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private static boolean ended(
      final SocketChannel channel, final FloorStream stream, final ByteBuffer buffer)
      throws IOException {
    buffer.clear();
    final long stamp = System.nanoTime();
    if (channel.read(buffer) < 0) {
      return true;
    }
    buffer.flip();
    return stream.read(stamp, buffer);
  }
}
