package dev.latencylens.harness.transport;

import dev.latencylens.harness.stream.Outcome;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.ProtocolVersion;

/**
 * Looks at one endpoint through the client that streams go through, with the same guards: a {@code
 * HEAD} request without a key, whose answer may be any. Thread-safe.
 */
final class EndpointProbe {
  private final Endpoint endpoint;
  private final ConnectionStamps stamps = new ConnectionStamps();
  private final WireCancel wire = new WireCancel();
  private final HttpClientContext context = HttpClientContext.create();
  private final CompletableFuture<EndpointLook> result = new CompletableFuture<>();

  private EndpointProbe(final Endpoint endpoint) {
    this.endpoint = endpoint;
    Destination.attach(endpoint, context);
    stamps.attachTo(context);
    wire.attachTo(context);
    endpoint.proxy().ifPresent(proxy -> proxy.logInto(context));
  }

  /**
   * Looks at an endpoint.
   *
   * @param starters may wait for a name to be resolved
   * @param timer ends a look that takes too long
   * @param patience how long it may take
   * @return completes with what was found; never exceptionally
   */
  static CompletableFuture<EndpointLook> look(
      final CloseableHttpAsyncClient client,
      final Endpoint endpoint,
      final Executor starters,
      final ScheduledExecutorService timer,
      final Duration patience) {
    final EndpointProbe probe = new EndpointProbe(endpoint);
    try {
      final ScheduledFuture<?> expiry =
          timer.schedule(probe::expired, patience.toMillis(), TimeUnit.MILLISECONDS);
      final var unused = probe.result.whenComplete((look, failure) -> expiry.cancel(false));
      starters.execute(() -> probe.start(client));
    } catch (final RejectedExecutionException closed) {
      probe.end(Outcome.CANCELLED, "the harness is closed");
    }
    return probe.result;
  }

  private void start(final CloseableHttpAsyncClient client) {
    try {
      wire.waiting(
          client.execute(
              SimpleRequestProducer.create(
                  SimpleHttpRequest.create(Method.HEAD, endpoint.baseUrl())),
              new HeadConsumer(this::answered),
              null,
              context,
              new FutureCallback<>() {
                @Override
                public void completed(final Boolean whole) {}

                @Override
                public void failed(final Exception cause) {
                  EndpointProbe.this.failed(cause);
                }

                @Override
                public void cancelled() {
                  end(Outcome.CANCELLED, "cancelled");
                }
              }));
    } catch (final RuntimeException e) {
      failed(e);
    }
  }

  private void failed(final Exception cause) {
    final FailureClassifier.Failure failure =
        FailureClassifier.classify(cause, peer(), isUsable(), stamps.handshaking());
    end(failure.outcome(), failure.detail());
  }

  private void expired() {
    if (isUsable()) {
      end(Outcome.TIMEOUT_FIRST_BYTE, endpoint.origin() + " does not answer a HEAD request");
    } else {
      end(Outcome.TIMEOUT_CONNECT, "no connection to " + peer() + " in time");
    }
    wire.cancel();
  }

  /** With whom this is speaking: until a tunnel stands, that is the proxy. */
  private String peer() {
    return endpoint
        .proxy()
        .filter(proxy -> stamps.opened() && !stamps.connected())
        .map(proxy -> "the proxy " + proxy.hostAndPort())
        .orElseGet(endpoint::origin);
  }

  /** Whether the connection stands, with TLS where that is asked for. */
  private boolean isUsable() {
    return stamps.connected() && !(endpoint.origin().startsWith("https") && stamps.handshaking());
  }

  private void end(final Outcome outcome, final String detail) {
    result.complete(
        new EndpointLook(
            outcome,
            Optional.of(detail),
            stamps.phases(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private void answered(final HttpResponse response) {
    final Instant now = Instant.now();
    if (endpoint.proxy().isPresent() && !stamps.connected()) {
      end(
          Outcome.CONNECT_FAILED,
          peer()
              + " opens no tunnel to "
              + endpoint.origin()
              + " (status "
              + response.getCode()
              + ")");
      return;
    }
    final ProtocolVersion version = response.getVersion();
    if (version != null) {
      stamps.httpVersion(version.toString());
    }
    final Optional<SSLSession> session = Optional.ofNullable(context.getSSLSession());
    final Header date = response.getFirstHeader(HttpHeaders.DATE);
    result.complete(
        new EndpointLook(
            Outcome.COMPLETE,
            Optional.empty(),
            stamps.phases(),
            OptionalInt.of(response.getCode()),
            session.map(SSLSession::getProtocol),
            session.flatMap(EndpointProbe::firstEnd),
            date == null
                ? Optional.empty()
                : ServerClock.of(
                    date.getValue(), now.minusNanos(stamps.nanosSinceItStands()), now)));
    // Whatever else it may send is not waited for.
    wire.cancel();
  }

  private static Optional<Instant> firstEnd(final SSLSession session) {
    try {
      final Certificate[] chain = session.getPeerCertificates();
      return Arrays.stream(chain)
          .filter(X509Certificate.class::isInstance)
          .map(certificate -> ((X509Certificate) certificate).getNotAfter())
          .min(Comparator.naturalOrder())
          .map(Date::toInstant);
    } catch (final SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
