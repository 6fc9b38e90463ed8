package dev.latencylens.harness.transport;

import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.limit.DeadlineWatch;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.timeline.DecoderThreads;
import dev.latencylens.harness.timeline.SegmentPool;
import dev.latencylens.harness.timeline.StreamTimeline;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolStats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends streamed requests through one HttpClient 5 and stamps what arrives. Thread-safe; no call
 * blocks on the network except to resolve a host's name.
 */
public final class Transport implements AutoCloseable {
  /** How long a connection that nobody waits for may take to be opened. */
  public static final Duration LONGEST_OPENING = Duration.ofSeconds(3);

  private static final int IDLE_SEGMENTS = 1024;

  private static final int SWEEPS_PER_IDLE_TIMEOUT = 10;
  private static final long MOST_NANOS_BETWEEN_SWEEPS = TimeUnit.SECONDS.toNanos(1);

  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

  private final TransportSettings settings;
  private final PooledConnections connections;
  private final CloseableHttpAsyncClient client;
  private final ScheduledThreadPoolExecutor deadlineTimer;
  private final DecoderThreads decoders = new DecoderThreads(1);
  private final ExecutorService starters =
      Executors.newCachedThreadPool(daemon("latency-lens-starter"));
  private final SegmentPool segments = new SegmentPool(IDLE_SEGMENTS);
  private final Set<StreamExchange> inFlight = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  /**
   * Starts the client's threads.
   *
   * @param settings how streams are carried
   * @param endpoints those that will be asked
   * @throws IOException if a CA bundle or client certificate can't be read
   */
  public Transport(final TransportSettings settings, final Collection<Endpoint> endpoints)
      throws IOException {
    this.settings = settings;
    connections =
        PooledConnections.of(
            settings,
            TrustByEndpoint.of(endpoints, settings.connections().resumeSessions()),
            Math.max(1, endpoints.size()));
    client = StampingClient.of(settings, connections, this::ioThreadFailed);
    deadlineTimer = new ScheduledThreadPoolExecutor(1, daemon("latency-lens-deadlines"));
    deadlineTimer.setRemoveOnCancelPolicy(true);
    client.start();
    sweepIdleConnections();
  }

  private void sweepIdleConnections() {
    final long everyNanos =
        Math.min(
            settings.connections().poolIdleTimeout().toNanos() / SWEEPS_PER_IDLE_TIMEOUT,
            MOST_NANOS_BETWEEN_SWEEPS);
    final var unused =
        deadlineTimer.scheduleWithFixedDelay(
            () -> {
              try {
                connections.closeOverdue();
              } catch (final RuntimeException e) {
                // Thrown on, it would end the sweeps for good.
                LOG.error("idle connections could not be closed: {}", e.toString());
              }
            },
            everyNanos,
            everyNanos,
            TimeUnit.NANOSECONDS);
  }

  /**
   * Sends a request and follows its stream to the end, whatever that is.
   *
   * @param endpoint where to send it
   * @param request what is asked, for the record
   * @param wire the same, encoded
   * @param intendedStart when the load schedule wanted it to start
   * @param release when the limiter let it go
   * @return completes with the record, on a decoder thread; never exceptionally. Cancelling it
   *     cancels nothing: see the harness
   */
  public CompletableFuture<StreamRecord> send(
      final Endpoint endpoint,
      final StreamRequest request,
      final WireRequest wire,
      final long intendedStart,
      final long release) {
    final StreamExchange exchange =
        new StreamExchange(endpoint, request, intendedStart, release, this::newTimeline);
    inFlight.add(exchange);
    final CompletableFuture<StreamRecord> result =
        exchange.result().whenComplete((record, failure) -> inFlight.remove(exchange));
    try {
      if (closing) {
        throw new RejectedExecutionException("the harness is closed");
      }
      exchange.watchedBy(
          DeadlineWatch.start(
              settings.deadlines(), System::nanoTime, deadlineTimer, release, exchange::expired));
      execute(exchange, authenticated(endpoint, wire), 0);
    } catch (final RejectedExecutionException closed) {
      exchange.cancel();
    } catch (final CredentialsException e) {
      exchange.unauthenticated(e);
    } catch (final RuntimeException e) {
      exchange.failed(e);
    }
    return result;
  }

  /**
   * Opens connections for streams to come, and sends nothing. An attempt may take as long as a
   * stream may take to connect, but no longer than {@link #LONGEST_OPENING}; after one that fails
   * no more are tried.
   *
   * @param endpoint where to
   * @param count how many connections are to be ready, from 1, those among them that the pool has;
   *     where streams share connections one is all there is
   * @return completes with how many are; never exceptionally
   */
  public CompletableFuture<Integer> open(final Endpoint endpoint, final int count) {
    return ConnectionOpener.open(
        client,
        endpoint,
        starters,
        deadlineTimer,
        Math.min(settings.deadlines().connect().toNanos(), LONGEST_OPENING.toNanos()),
        settings.http2() == Http2.MULTIPLEXED ? 1 : count);
  }

  /**
   * Looks at an endpoint without a key: connects as a stream would, and asks for the head of
   * whatever is at its base URL.
   *
   * @param endpoint where to
   * @return completes with what was found, once a stream would have given up waiting for its first
   *     byte at the latest; never exceptionally
   */
  public CompletableFuture<EndpointLook> look(final Endpoint endpoint) {
    return EndpointProbe.look(
        client,
        endpoint,
        starters,
        deadlineTimer,
        settings.deadlines().connect().plus(settings.deadlines().firstByte()));
  }

  private void execute(
      final StreamExchange exchange,
      final Supplier<BasicRequestProducer> message,
      final int staleConnections) {
    final HttpClientContext context = HttpClientContext.create();
    exchange.attachTo(context);
    exchange.endpoint().proxy().ifPresent(proxy -> proxy.logInto(context));
    try {
      final Future<Boolean> future =
          client.execute(
              message.get(),
              new ExchangeConsumer(exchange),
              null,
              context,
              new FutureCallback<>() {
                @Override
                public void completed(final Boolean whole) {}

                @Override
                public void failed(final Exception cause) {
                  // A server that closes kept-alive connections without a word leaves stale ones in
                  // the pool. As no byte of the request was handed over, taking another connection
                  // is not a retry; the time it takes is part of the lease.
                  if (staleConnections < settings.connections().poolSize()
                      && exchange.foundConnectionStale(cause)) {
                    // Off the I/O thread: a new connection may resolve a name.
                    starters.execute(() -> execute(exchange, message, staleConnections + 1));
                  } else {
                    exchange.failed(cause);
                  }
                }

                @Override
                public void cancelled() {
                  exchange.cancel();
                }
              });
      exchange.waiting(future);
    } catch (final RuntimeException e) {
      exchange.failed(e);
    }
  }

  private void ioThreadFailed(final Exception cause) {
    // Closing at once pulls the selectors from under the I/O threads, which then complain.
    if (!closing) {
      LOG.error("an I/O thread failed: {}", cause.toString());
    }
  }

  /** The request as it is sent, as often as it finds its connection closed. */
  private static Supplier<BasicRequestProducer> authenticated(
      final Endpoint endpoint, final WireRequest wire) throws CredentialsException {
    final BasicHttpRequest request = new BasicHttpRequest(Method.POST.name(), wire.uri());
    // A compressed stream would be stamped when the decompressor lets go of it.
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    wire.headers().forEach(header -> request.setHeader(header.name(), header.value()));
    endpoint.headers().forEach(request::setHeader);
    endpoint.credentials().authenticate(wire, request::setHeader);
    return () ->
        new BasicRequestProducer(
            request, AsyncEntityProducers.create(wire.body(), ContentType.APPLICATION_JSON));
  }

  private StreamTimeline newTimeline(final StreamApi api, final Runnable onBroken) {
    final int maxFrame =
        (int)
            Math.min(
                Math.min(settings.maxEventBytes(), settings.maxStreamBytes()),
                Integer.MAX_VALUE - 64L);
    return new StreamTimeline(
        api.newFrameDecoder(maxFrame),
        api.newEventDecoder(),
        segments,
        decoders.forNextStream(),
        settings.maxStreamBytes(),
        settings.keepText(),
        onBroken);
  }

  private static ThreadFactory daemon(final String name) {
    return task -> {
      final Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Threads that may wait for a name to be resolved, for requests that a limiter held back: its own
   * thread must not wait.
   *
   * @return runs each task on a thread of its own
   */
  public Executor starters() {
    return starters;
  }

  /**
   * What is held at this moment.
   *
   * @return the counts, each read for itself
   */
  public Holdings holdings() {
    final PoolStats pool = connections.getTotalStats();
    return new Holdings(
        inFlight.size(),
        pool.getLeased(),
        pool.getAvailable(),
        pool.getPending(),
        segments.taken());
  }

  /** Closes all connections at once; streams under way end as cancelled. */
  @Override
  public void close() {
    closing = true;
    inFlight.forEach(StreamExchange::cancel);
    client.close(CloseMode.IMMEDIATE);
    deadlineTimer.shutdownNow();
    starters.shutdown();
    decoders.close();
  }
}
