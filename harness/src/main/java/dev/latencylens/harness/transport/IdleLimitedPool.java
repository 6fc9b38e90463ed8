package dev.latencylens.harness.transport;

import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.DefaultDisposalCallback;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.pool.StrictConnPool;
import org.apache.hc.core5.util.TimeValue;

/**
 * HttpCore's pool with one limit more: how many connections of one route may be idle. Thread-safe.
 *
 * <p>Connections that may not be used again are closed here too: HttpClient's own reuse strategy
 * closes them only after they came back to the pool, where another stream may have found them.
 *
 * @param <T> the route
 * @param <C> the connection
 */
final class IdleLimitedPool<T, C extends HttpConnection> extends StrictConnPool<T, C> {
  private final int mostIdle;
  private final boolean reuse;

  /**
   * Makes an empty pool.
   *
   * @param most how many connections of one route may be open
   * @param routes how many routes share the pool
   * @param mostIdle how many of one route may be idle
   * @param reuse whether a connection may carry another stream
   */
  IdleLimitedPool(final int most, final int routes, final int mostIdle, final boolean reuse) {
    super(
        most,
        Math.multiplyExact(most, routes),
        TimeValue.NEG_ONE_MILLISECOND,
        PoolReusePolicy.LIFO,
        new DefaultDisposalCallback<>(),
        null);
    this.mostIdle = mostIdle;
    this.reuse = reuse;
  }

  @Override
  public void release(final PoolEntry<T, C> entry, final boolean reusable) {
    // First the release: whoever waits for a connection gets it, and only what nobody waits for is
    // idle.
    super.release(entry, reusable && reuse);
    if (reusable && reuse) {
      closeSurplus(entry.getRoute());
    }
  }

  /** The most recently used stand first, so that those that have been idle longest are closed. */
  private void closeSurplus(final T route) {
    final int[] idle = new int[1];
    enumAvailable(
        entry -> {
          if (entry.getRoute().equals(route) && ++idle[0] > mostIdle) {
            entry.discardConnection(CloseMode.GRACEFUL);
          }
        });
  }

  /** Also forgets those that their servers closed. */
  @Override
  public void closeExpired() {
    super.closeExpired();
    enumAvailable(
        entry -> {
          final C connection = entry.getConnection();
          if (connection != null && !connection.isOpen()) {
            entry.discardConnection(CloseMode.IMMEDIATE);
          }
        });
  }
}
