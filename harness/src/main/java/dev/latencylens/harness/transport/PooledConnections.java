package dev.latencylens.harness.transport;

import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Http2;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.nio.H2SharingConnPool;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.pool.ManagedConnPool;
import org.apache.hc.core5.util.Timeout;

/** The connections of one client, kept as long as its settings say. Thread-safe. */
final class PooledConnections extends PoolingAsyncClientConnectionManager {
  private final Timeout idleTimeout;

  private PooledConnections(
      final ManagedConnPool<HttpRoute, ManagedAsyncClientConnection> pool,
      final StampedConnectionOperator operator,
      final Timeout idleTimeout) {
    super(pool, operator);
    this.idleTimeout = idleTimeout;
  }

  /**
   * Makes an empty pool.
   *
   * @param settings how streams are carried
   * @param trust verifies certificates
   * @param endpoints how many endpoints share the pool, from 1
   */
  static PooledConnections of(
      final TransportSettings settings, final TrustByEndpoint trust, final int endpoints) {
    final Connections kept = settings.connections();
    final ManagedConnPool<HttpRoute, ManagedAsyncClientConnection> pool =
        new IdleLimitedPool<>(kept.poolSize(), endpoints, kept.maxIdlePerHost(), kept.reuse());
    final boolean shared = settings.http2() == Http2.MULTIPLEXED && kept.reuse();
    final PooledConnections connections =
        new PooledConnections(
            shared ? new H2SharingConnPool<>(pool) : pool,
            new StampedConnectionOperator(trust),
            Timeout.ofMilliseconds(kept.poolIdleTimeout().toMillis()));
    connections.setDefaultTlsConfig(
        TlsConfig.custom()
            .setVersionPolicy(
                settings.http2() == Http2.OFF
                    ? HttpVersionPolicy.FORCE_HTTP_1
                    : HttpVersionPolicy.NEGOTIATE)
            .build());
    // The deadlines are ours; HttpClient's own only tidy up behind them.
    connections.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(
                Timeout.ofMilliseconds(settings.deadlines().connect().toMillis() + 1000))
            .setSocketTimeout(Timeout.DISABLED)
            // None is used that should have been closed: the sweep comes a little later.
            .setIdleTimeout(connections.idleTimeout)
            .build());
    return connections;
  }

  /** Closes the connections that were idle for too long, or that their server won't keep. */
  void closeOverdue() {
    closeExpired();
    closeIdle(idleTimeout);
  }
}
