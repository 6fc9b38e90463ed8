package dev.latencylens.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * A server on loopback that writes HTTP/2 frames (RFC 9113, section 4.1) as it is told, also such
 * as no well-behaved server writes, and notes which streams its clients reset.
 */
final class H2Server implements AutoCloseable {
  static final int INTERNAL_ERROR = 2;
  static final int REFUSED_STREAM = 7;

  private static final int BACKLOG = 500;
  private static final int PREFACE = 24;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int ACK_OR_END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private final SSLServerSocket socket;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Integer> resets = new LinkedBlockingQueue<>();

  /** Answers a request that has come in whole. */
  @FunctionalInterface
  interface Answer {
    void to(int stream, Frames out) throws IOException;
  }

  /** What can be written to a connection. */
  record Frames(OutputStream out) {
    /** The head of a stream of events. */
    void streamBegins(final int stream) throws IOException {
      final byte[] type = "text/event-stream".getBytes(US_ASCII);
      final ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.write(0x88); // RFC 7541, appendix A: ":status: 200" is entry 8 ...
      block.write(0x0f); // ... and "content-type" entry 31, here with a value of its own.
      block.write(31 - 15);
      block.write(type.length);
      block.writeBytes(type);
      frame(HEADERS, END_HEADERS, stream, block.toByteArray());
    }

    void data(final int stream, final String text, final boolean end) throws IOException {
      frame(DATA, end ? ACK_OR_END_STREAM : 0, stream, text.getBytes(US_ASCII));
    }

    void reset(final int stream, final int error) throws IOException {
      frame(RST_STREAM, 0, stream, number(error));
    }

    void goAway(final int lastStream, final int error) throws IOException {
      final ByteArrayOutputStream payload = new ByteArrayOutputStream();
      payload.writeBytes(number(lastStream));
      payload.writeBytes(number(error));
      frame(GOAWAY, 0, 0, payload.toByteArray());
    }

    private void frame(final int type, final int flags, final int stream, final byte[] payload)
        throws IOException {
      final ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.writeBytes(new byte[] {0, (byte) (payload.length >> 8), (byte) payload.length});
      frame.write(type);
      frame.write(flags);
      frame.writeBytes(number(stream));
      frame.writeBytes(payload);
      out.write(frame.toByteArray());
      out.flush();
    }

    private static byte[] number(final int value) {
      return new byte[] {
        (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
      };
    }
  }

  H2Server(final SSLContext context, final Answer answer) throws IOException {
    socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    final SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    threads.execute(() -> accept(answer));
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The streams that clients reset, as they come. */
  BlockingQueue<Integer> resets() {
    return resets;
  }

  private void accept(final Answer answer) {
    try {
      while (true) {
        final Socket connection = socket.accept();
        open.add(connection);
        threads.execute(() -> serve(connection, answer));
      }
    } catch (final IOException closed) {
      // By close().
    }
  }

  private void serve(final Socket connection, final Answer answer) {
    try (connection) {
      final DataInputStream in = new DataInputStream(connection.getInputStream());
      in.readNBytes(PREFACE);
      final Frames out = new Frames(connection.getOutputStream());
      out.frame(SETTINGS, 0, 0, new byte[0]);
      while (!connection.isClosed()) {
        final int head = in.readInt();
        final int flags = in.readUnsignedByte();
        final int stream = in.readInt();
        final byte[] payload = in.readNBytes(head >>> 8);
        final boolean flagged = (flags & ACK_OR_END_STREAM) != 0;
        switch (head & 0xff) {
          case HEADERS, DATA -> {
            if (flagged) {
              answer.to(stream, out);
            }
          }
          case RST_STREAM -> resets.add(stream);
          case SETTINGS, PING -> {
            if (!flagged) {
              out.frame(
                  head & 0xff, ACK_OR_END_STREAM, 0, (head & 0xff) == PING ? payload : new byte[0]);
            }
          }
          default -> {
            // Window updates and priorities mean nothing to answers as short as these.
          }
        }
      }
    } catch (final IOException gone) {
      // The client leaves, or the answer was to close the connection.
    } finally {
      open.remove(connection);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (final Socket connection : open) {
      connection.close();
    }
    threads.shutdownNow();
  }
}
