package dev.latencylens.harness.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades each connection to TLS with the authorities that its endpoint trusts and the certificate
 * that it shows, so that one client object can read a public service and the simulator at the same
 * time. Certificates and host names are always verified, and TLS 1.2 is the least that is spoken.
 * Immutable.
 */
final class TrustByEndpoint implements TlsStrategy {
  private final TlsStrategy byDefault;
  private final Map<String, TlsStrategy> byHostAndPort;

  private TrustByEndpoint(
      final TlsStrategy byDefault, final Map<String, TlsStrategy> byHostAndPort) {
    this.byDefault = byDefault;
    this.byHostAndPort = byHostAndPort;
  }

  /**
   * Reads the endpoints' CA bundles and client certificates.
   *
   * @throws IOException if one can't be read or holds something else; the message names it
   */
  static TrustByEndpoint of(final Collection<Endpoint> endpoints) throws IOException {
    final Map<String, TlsStrategy> strategies = new HashMap<>();
    for (final Endpoint endpoint : endpoints) {
      if (EndpointTls.isSpecial(endpoint.network())) {
        strategies.put(endpoint.hostAndPort(), strategy(EndpointTls.context(endpoint.network())));
      }
    }
    try {
      return new TrustByEndpoint(strategy(SSLContext.getDefault()), Map.copyOf(strategies));
    } catch (final GeneralSecurityException e) {
      throw new IOException("the JDK's own certificate authorities can't be loaded", e);
    }
  }

  private static TlsStrategy strategy(final SSLContext context) {
    return ClientTlsStrategyBuilder.create()
        .setSslContext(context)
        .setTlsVersions("TLSv1.3", "TLSv1.2")
        .buildAsync();
  }

  private TlsStrategy forEndpoint(final NamedEndpoint endpoint) {
    final String key = endpoint.getHostName().toLowerCase(Locale.ROOT) + ":" + endpoint.getPort();
    return byHostAndPort.getOrDefault(key, byDefault);
  }

  @Override
  public void upgrade(
      final TransportSecurityLayer session,
      final NamedEndpoint endpoint,
      final @Nullable Object attachment,
      final @Nullable Timeout handshakeTimeout,
      final @Nullable FutureCallback<TransportSecurityLayer> callback) {
    forEndpoint(endpoint).upgrade(session, endpoint, attachment, handshakeTimeout, callback);
  }

  @Override
  @Deprecated
  public boolean upgrade(
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
