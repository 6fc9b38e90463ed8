package dev.latencylens.harness.transport;

import dev.latencylens.harness.config.Network;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades each connection to TLS with the authorities that its endpoint trusts and the certificate
 * that it shows, so that one client object can read a public service and the simulator at the same
 * time. Certificates and host names are always verified, and TLS 1.2 is the least that is spoken.
 * Immutable but for the sessions that may be resumed.
 */
final class TrustByEndpoint implements AsyncTls {
  private final Supplier<TlsStrategy> byDefault;
  private final Map<String, Supplier<TlsStrategy>> byHostAndPort;

  private TrustByEndpoint(
      final Supplier<TlsStrategy> byDefault,
      final Map<String, Supplier<TlsStrategy>> byHostAndPort) {
    this.byDefault = byDefault;
    this.byHostAndPort = byHostAndPort;
  }

  /**
   * Reads the endpoints' CA bundles and client certificates.
   *
   * @param endpoints those that will be asked
   * @param resumeSessions whether a connection may resume the TLS session of an earlier one
   * @throws IOException if one can't be read or holds something else; the message names it
   */
  static TrustByEndpoint of(final Collection<Endpoint> endpoints, final boolean resumeSessions)
      throws IOException {
    final Map<String, Supplier<TlsStrategy>> strategies = new HashMap<>();
    for (final Endpoint endpoint : endpoints) {
      if (EndpointTls.isSpecial(endpoint.network())) {
        strategies.put(
            endpoint.hostAndPort(),
            strategies(EndpointTls.read(endpoint.network()), resumeSessions));
      }
    }
    return new TrustByEndpoint(
        strategies(EndpointTls.read(Network.DEFAULT), resumeSessions), Map.copyOf(strategies));
  }

  private static Supplier<TlsStrategy> strategies(
      final EndpointTls tls, final boolean resumeSessions) {
    if (!resumeSessions) {
      return () -> strategy(tls.newContext());
    }
    final TlsStrategy shared = strategy(tls.newContext());
    return () -> shared;
  }

  private static TlsStrategy strategy(final SSLContext context) {
    return ClientTlsStrategyBuilder.create()
        .setSslContext(context)
        .setTlsVersions("TLSv1.3", "TLSv1.2")
        .buildAsync();
  }

  private TlsStrategy forEndpoint(final NamedEndpoint endpoint) {
    final String key = endpoint.getHostName().toLowerCase(Locale.ROOT) + ":" + endpoint.getPort();
    return byHostAndPort.getOrDefault(key, byDefault).get();
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
}
