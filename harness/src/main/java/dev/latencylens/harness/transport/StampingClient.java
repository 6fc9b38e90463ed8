package dev.latencylens.harness.transport;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.function.Callback;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * HttpClient 5 as this project needs it: every read stamped, nothing retried, redirected, cached or
 * decompressed behind the measurement's back.
 */
final class StampingClient {
  private static final int MAX_HEADERS = 200;
  private static final int MAX_HEADER_LINE = 64 * 1024;

  /** Frames of 16 KiB that a head may go on in. */
  private static final int MAX_CONTINUATIONS = 16;

  private StampingClient() {}

  /**
   * Configures a client; it is not started.
   *
   * @param settings how streams are carried
   * @param connections its connections, closed with it
   * @param ioThreadFailed hears of what breaks in the I/O threads themselves
   */
  static CloseableHttpAsyncClient of(
      final TransportSettings settings,
      final PooledConnections connections,
      final Callback<Exception> ioThreadFailed) {
    final AtomicInteger threads = new AtomicInteger();
    return HttpAsyncClients.custom()
        .setConnectionManager(connections)
        .setThreadFactory(
            task -> new ArrivalThread(task, "latency-lens-io-" + threads.getAndIncrement()))
        .setIOSessionListener(new ArrivalStamper())
        .setIOReactorConfig(
            IOReactorConfig.custom()
                .setIoThreadCount(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
                .setTcpNoDelay(true)
                .build())
        .setHttp1Config(
            Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_HEADER_LINE)
                .build())
        .setH2Config(
            H2Config.custom()
                .setPushEnabled(false)
                .setMaxHeaderListSize(MAX_HEADER_LINE)
                .setMaxContinuations(MAX_CONTINUATIONS)
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.DISABLED)
                .setResponseTimeout(Timeout.DISABLED)
                .setProtocolUpgradeEnabled(false)
                // A proxy's login goes with the first request; none is answered to a challenge.
                .setAuthenticationEnabled(false)
                .build())
        .setIoReactorExceptionCallback(ioThreadFailed)
        .setRoutePlanner(new ProxyRoutes())
        .setUserAgent("latency-lens")
        .addRequestInterceptorLast(
            (request, entity, context) -> {
              final StreamExchange exchange = StreamExchange.of(context);
              if (exchange != null) {
                exchange.requestStarts(System.nanoTime());
              }
            })
        .addExecInterceptorBefore(
            ChainElement.MAIN_TRANSPORT.name(),
            "latency-lens-opener",
            new ConnectionOpener.BeforeSending())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableRequestPriority()
        .disableConnectionState()
        .build();
  }
}
