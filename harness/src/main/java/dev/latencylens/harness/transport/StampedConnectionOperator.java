package dev.latencylens.harness.transport;

import dev.latencylens.harness.config.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.nio.DefaultAsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections as HttpClient does, and tells the stream that waits for one how long it took.
 */
final class StampedConnectionOperator extends DefaultAsyncClientConnectionOperator {
  /** The stream that the calling thread opens a connection for: resolving happens in that call. */
  private static final ThreadLocal<@Nullable HttpContext> OPENING = new ThreadLocal<>();

  StampedConnectionOperator(final TlsStrategy tls) {
    super(
        RegistryBuilder.<TlsStrategy>create()
            .register(URIScheme.HTTPS.id, cancellable(tls))
            .build(),
        null,
        new StampedResolver());
  }

  // The interface leaves most parameters unmarked; null stands for "none" in several of them.
  @SuppressWarnings("NullAway")
  @Override
  public Future<ManagedAsyncClientConnection> connect(
      final ConnectionInitiator initiator,
      final HttpHost endpoint,
      final @Nullable Path unixDomainSocket,
      final @Nullable NamedEndpoint name,
      final @Nullable SocketAddress localAddress,
      final Timeout connectTimeout,
      final @Nullable Object attachment,
      final @Nullable HttpContext context,
      final FutureCallback<ManagedAsyncClientConnection> callback) {
    final ConnectionStamps stamps = ConnectionStamps.of(context);
    if (stamps != null) {
      stamps.opening(System.nanoTime());
    }
    final WireCancel wire = WireCancel.of(context);
    OPENING.set(context);
    try {
      final Future<ManagedAsyncClientConnection> opening =
          super.connect(
              initiator,
              endpoint,
              unixDomainSocket,
              name,
              localAddress,
              connectTimeout,
              attachment,
              context,
              new CallbackContribution<ManagedAsyncClientConnection>(callback) {
                @Override
                public void completed(final ManagedAsyncClientConnection connection) {
                  // Before the callback, since the request is sent from within it.
                  if (stamps != null && URIScheme.HTTPS.same(endpoint.getSchemeName())) {
                    stamps.secured(System.nanoTime());
                  }
                  callback.completed(new StreamConnection(connection));
                }
              });
      if (wire != null) {
        wire.connecting(opening);
      }
      return opening;
    } finally {
      OPENING.remove();
    }
  }

  @Override
  protected void onBeforeTlsHandshake(final HttpContext context, final HttpHost endpoint) {
    OPENING.set(context);
  }

  /**
   * A handshake begins, in the call that was told which stream it is for. Were it not closed with
   * its stream, it would go on until the connection stood, with nobody to know of it.
   */
  private static AsyncTls cancellable(final TlsStrategy tls) {
    return (session, endpoint, attachment, handshakeTimeout, callback) -> {
      final WireCancel wire = WireCancel.of(OPENING.get());
      OPENING.remove();
      if (wire != null && session instanceof ModalCloseable closeable) {
        wire.onWire(
            () -> {
              closeable.close(CloseMode.IMMEDIATE);
              return true;
            });
      }
      tls.upgrade(session, endpoint, attachment, handshakeTimeout, callback);
    };
  }

  /** The tunnel through a proxy stands: TLS begins within it. */
  @SuppressWarnings("NullAway") // As above.
  @Override
  public void upgrade(
      final ManagedAsyncClientConnection connection,
      final HttpHost endpoint,
      final @Nullable NamedEndpoint name,
      final @Nullable Object attachment,
      final @Nullable HttpContext context,
      final FutureCallback<ManagedAsyncClientConnection> callback) {
    final ConnectionStamps stamps = ConnectionStamps.of(context);
    if (stamps != null) {
      stamps.connected(System.nanoTime());
    }
    OPENING.set(context);
    super.upgrade(
        connection,
        endpoint,
        name,
        attachment,
        context,
        new CallbackContribution<ManagedAsyncClientConnection>(callback) {
          @Override
          public void completed(final ManagedAsyncClientConnection upgraded) {
            if (stamps != null) {
              stamps.secured(System.nanoTime());
            }
            callback.completed(upgraded);
          }
        });
  }

  @Override
  protected void onAfterSocketConnect(final HttpContext context, final HttpHost endpoint) {
    final ConnectionStamps stamps = ConnectionStamps.of(context);
    final Endpoint destination = Destination.of(context);
    final boolean atProxy = destination != null && destination.proxy().isPresent();
    if (stamps != null && !atProxy) {
      stamps.connected(System.nanoTime());
    }
  }

  /** Resolves as the system does, stamps it, and passes on no address that is refused. */
  private static final class StampedResolver implements DnsResolver {
    @Override
    public List<InetSocketAddress> resolve(final String host, final int port)
        throws UnknownHostException {
      final long from = System.nanoTime();
      final List<InetSocketAddress> addresses =
          SystemDefaultDnsResolver.INSTANCE.resolve(host, port);
      final HttpContext context = OPENING.get();
      final ConnectionStamps stamps = ConnectionStamps.of(context);
      if (stamps != null) {
        final long now = System.nanoTime();
        stamps.resolved(now - from, now);
      }
      final Endpoint destination = Destination.of(context);
      return allowed(addresses, destination == null ? Network.DEFAULT : destination.network());
    }

    /**
     * Here, and not where the name is written: what it stands for may change between a look and the
     * connection.
     */
    private static List<InetSocketAddress> allowed(
        final List<InetSocketAddress> addresses, final Network network)
        throws RefusedAddressException {
      final List<InetSocketAddress> allowed = new ArrayList<>();
      Optional<String> refusal = Optional.empty();
      for (final InetSocketAddress address : addresses) {
        final Optional<String> refused =
            address.isUnresolved() ? Optional.empty() : network.refusal(address.getAddress());
        if (refused.isEmpty()) {
          allowed.add(address);
        } else {
          refusal =
              Optional.of(
                  refused.get()
                      + ": if that is meant, name it as allow_address: ["
                      + address.getAddress().getHostAddress()
                      + "]");
        }
      }
      if (allowed.isEmpty() && refusal.isPresent()) {
        throw new RefusedAddressException(refusal.get());
      }
      return allowed;
    }

    @Override
    public InetAddress[] resolve(final String host) throws UnknownHostException {
      return SystemDefaultDnsResolver.INSTANCE.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(final String host) throws UnknownHostException {
      return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }
  }
}
