package dev.latencylens.harness.transport;

import java.io.IOException;
import java.net.SocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.SSLSessionInitializer;
import org.apache.hc.core5.reactor.ssl.SSLSessionVerifier;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HttpClient's connection, on which each stream can be ended for itself. Thread-safe.
 *
 * <p>Over HTTP/1.1 that closes the connection. Over HTTP/2 it resets the stream, and the
 * connection, which HttpClient would close at once, is closed when no stream is left on it: other
 * streams may share it, and the reset must get out first.
 */
final class StreamConnection implements ManagedAsyncClientConnection {
  /** How long a peer may take to agree to the end of a connection. */
  private static final Timeout FAREWELL = Timeout.ofSeconds(1);

  private final ManagedAsyncClientConnection connection;

  // Guarded by this.
  private int streams;
  private boolean closing;

  StreamConnection(final ManagedAsyncClientConnection connection) {
    this.connection = connection;
  }

  @Override
  public void submitCommand(final Command command, final Command.Priority priority) {
    if (!(command instanceof RequestExecutionCommand request)) {
      connection.submitCommand(command, priority);
      return;
    }
    synchronized (this) {
      streams++;
    }
    final ResettableExchange exchange =
        new ResettableExchange(request.getExchangeHandler(), speaksHttp2(), this::streamOver);
    connection.submitCommand(
        new RequestExecutionCommand(
            exchange, request.getPushHandlerFactory(), request.getContext()),
        priority);
    final WireCancel wire = WireCancel.of(request.getContext());
    if (wire != null) {
      wire.onWire(
          () -> {
            exchange.end();
            return true;
          });
    }
  }

  private boolean speaksHttp2() {
    return connection.getProtocolVersion().greaterEquals(HttpVersion.HTTP_2);
  }

  private void streamOver() {
    final boolean last;
    synchronized (this) {
      streams--;
      last = streams == 0 && closing;
    }
    if (last) {
      closeInOrder();
    }
  }

  private void closeInOrder() {
    connection.setSocketTimeout(FAREWELL);
    try {
      connection.close();
    } catch (final IOException e) {
      connection.close(CloseMode.IMMEDIATE);
    }
  }

  @Override
  public void close(final CloseMode mode) {
    if (!postponed()) {
      connection.close(mode);
    }
  }

  @Override
  public void close() throws IOException {
    if (!postponed()) {
      connection.close();
    }
  }

  private boolean postponed() {
    if (!speaksHttp2()) {
      return false;
    }
    synchronized (this) {
      closing = true;
      return streams > 0;
    }
  }

  @Override
  public boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public void passivate() {
    connection.passivate();
  }

  @Override
  public void activate() {
    connection.activate();
  }

  @Override
  public void switchProtocol(
      final String protocol, final FutureCallback<ProtocolIOSession> callback) {
    connection.switchProtocol(protocol, callback);
  }

  @Override
  public void startTls(
      final SSLContext context,
      final NamedEndpoint endpoint,
      final SSLBufferMode buffers,
      final SSLSessionInitializer initializer,
      final SSLSessionVerifier verifier,
      final Timeout handshakeTimeout)
      throws UnsupportedOperationException {
    connection.startTls(context, endpoint, buffers, initializer, verifier, handshakeTimeout);
  }

  @Override
  public void startTls(
      final SSLContext context,
      final NamedEndpoint endpoint,
      final SSLBufferMode buffers,
      final SSLSessionInitializer initializer,
      final SSLSessionVerifier verifier,
      final Timeout handshakeTimeout,
      final FutureCallback<TransportSecurityLayer> callback)
      throws UnsupportedOperationException {
    connection.startTls(
        context, endpoint, buffers, initializer, verifier, handshakeTimeout, callback);
  }

  @Override
  public @Nullable TlsDetails getTlsDetails() {
    return connection.getTlsDetails();
  }

  @Override
  public @Nullable SSLSession getSSLSession() {
    return connection.getSSLSession();
  }

  @Override
  public EndpointDetails getEndpointDetails() {
    return connection.getEndpointDetails();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return connection.getLocalAddress();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return connection.getRemoteAddress();
  }

  @Override
  public ProtocolVersion getProtocolVersion() {
    return connection.getProtocolVersion();
  }

  @Override
  public Timeout getSocketTimeout() {
    return connection.getSocketTimeout();
  }

  @Override
  public void setSocketTimeout(final Timeout timeout) {
    connection.setSocketTimeout(timeout);
  }
}
