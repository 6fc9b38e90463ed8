package dev.latencylens.harness.transport;

import java.net.SocketAddress;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** A TLS strategy that leaves the older half of HttpCore's interface to the newer one. */
@FunctionalInterface
interface AsyncTls extends TlsStrategy {
  @Override
  void upgrade(
      TransportSecurityLayer session,
      NamedEndpoint endpoint,
      @Nullable Object attachment,
      @Nullable Timeout handshakeTimeout,
      @Nullable FutureCallback<TransportSecurityLayer> callback);

  @Override
  @Deprecated
  default boolean upgrade(
      final TransportSecurityLayer session,
      final HttpHost host,
      final SocketAddress localAddress,
      final SocketAddress remoteAddress,
      final @Nullable Object attachment,
      final @Nullable Timeout handshakeTimeout) {
    upgrade(session, host, attachment, handshakeTimeout, null);
    return true;
  }
}
