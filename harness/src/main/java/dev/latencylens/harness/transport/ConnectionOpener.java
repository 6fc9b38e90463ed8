package dev.latencylens.harness.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections of one endpoint before there are streams to use them, and sends nothing. All
 * are held until the last one stands: given back earlier, the pool would hand the same one out
 * again. Once one can't be opened no more are tried: what is wrong is for the streams to tell.
 * Thread-safe.
 */
final class ConnectionOpener {
  private static final String ATTRIBUTE = "latency-lens.opening";
  private static final int AT_A_TIME = 8;

  private final CloseableHttpAsyncClient client;
  private final Endpoint endpoint;
  private final Executor starters;
  private final ScheduledExecutorService timer;
  private final long patienceNanos;
  private final CompletableFuture<Integer> result = new CompletableFuture<>();

  // Guarded by this.
  private final List<Runnable> held = new ArrayList<>();
  private int toStart;
  private int underWay;

  private ConnectionOpener(
      final CloseableHttpAsyncClient client,
      final Endpoint endpoint,
      final Executor starters,
      final ScheduledExecutorService timer,
      final long patienceNanos,
      final int count) {
    this.client = client;
    this.endpoint = endpoint;
    this.starters = starters;
    this.timer = timer;
    this.patienceNanos = patienceNanos;
    this.toStart = count;
  }

  /**
   * Opens what is missing.
   *
   * @param starters may wait for a name to be resolved
   * @param timer ends attempts that take too long
   * @param patienceNanos how long one attempt may take
   * @param count how many connections are to be ready, those among them that the pool has
   * @return completes with how many are; never exceptionally
   */
  static CompletableFuture<Integer> open(
      final CloseableHttpAsyncClient client,
      final Endpoint endpoint,
      final Executor starters,
      final ScheduledExecutorService timer,
      final long patienceNanos,
      final int count) {
    final ConnectionOpener opener =
        new ConnectionOpener(client, endpoint, starters, timer, patienceNanos, count);
    opener.goOn();
    return opener.result;
  }

  private void goOn() {
    final List<Attempt> next = new ArrayList<>();
    final List<Runnable> all = new ArrayList<>();
    final boolean over;
    synchronized (this) {
      while (toStart > 0 && underWay < AT_A_TIME) {
        toStart--;
        underWay++;
        next.add(new Attempt());
      }
      over = underWay == 0;
      if (over) {
        all.addAll(held);
        held.clear();
      }
    }
    next.forEach(attempt -> starters.execute(attempt::start));
    if (over) {
      all.forEach(Runnable::run);
      result.complete(all.size());
    }
  }

  private synchronized void hold(final Runnable giveBack) {
    underWay--;
    held.add(giveBack);
  }

  private synchronized void stop() {
    underWay--;
    toStart = 0;
  }

  /** What HttpClient runs between connecting and sending. Stateless. */
  static final class BeforeSending implements AsyncExecChainHandler {
    @Override
    public void execute(
        final HttpRequest request,
        final @Nullable AsyncEntityProducer body,
        final AsyncExecChain.Scope scope,
        final AsyncExecChain chain,
        final AsyncExecCallback callback)
        throws HttpException, IOException {
      if (scope.clientContext.getAttribute(ATTRIBUTE) instanceof Attempt attempt) {
        attempt.stands(
            () -> {
              // Without an end: the pool's own idle timeout is what ends it.
              scope.execRuntime.markConnectionReusable(null, TimeValue.NEG_ONE_MILLISECOND);
              callback.completed();
            });
      } else {
        chain.proceed(request, body, scope, callback);
      }
    }
  }

  /** One connection to be opened. */
  private final class Attempt {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final WireCancel wire = new WireCancel();

    void start() {
      final HttpContext context = HttpClientContext.create();
      Destination.attach(endpoint, context);
      wire.attachTo(context);
      context.setAttribute(ATTRIBUTE, this);
      endpoint.proxy().ifPresent(proxy -> proxy.logInto(HttpClientContext.cast(context)));
      try {
        final var unused = timer.schedule(this::giveUp, patienceNanos, TimeUnit.NANOSECONDS);
        wire.waiting(
            client.execute(
                SimpleRequestProducer.create(
                    SimpleHttpRequest.create(Method.POST, endpoint.baseUrl())),
                SimpleResponseConsumer.create(),
                null,
                context,
                new FutureCallback<>() {
                  @Override
                  public void completed(final SimpleHttpResponse never) {}

                  @Override
                  public void failed(final Exception cause) {
                    giveUp();
                  }

                  @Override
                  public void cancelled() {
                    giveUp();
                  }
                }));
      } catch (final RuntimeException closed) {
        giveUp();
      }
    }

    void stands(final Runnable giveBack) {
      if (!ended.compareAndSet(false, true)) {
        giveBack.run();
        return;
      }
      hold(giveBack);
      goOn();
    }

    private void giveUp() {
      if (ended.compareAndSet(false, true)) {
        stop();
        wire.cancel();
        goOn();
      }
    }
  }
}
