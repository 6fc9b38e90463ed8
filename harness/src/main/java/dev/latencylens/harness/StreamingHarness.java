package dev.latencylens.harness;

import dev.latencylens.harness.limit.HeldBy;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.limit.Release;
import dev.latencylens.harness.limit.RetryAfter;
import dev.latencylens.harness.limit.TokenEstimate;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.Usage;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.EndpointLook;
import dev.latencylens.harness.transport.Holdings;
import dev.latencylens.harness.transport.Transport;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * The streaming client that benchmarks call: it asks for streams within their limits, and yields
 * one record for each, whatever became of it. Thread-safe.
 */
public final class StreamingHarness implements AutoCloseable {
  /** However long a service asks to be left alone, a run does not hang on it for longer. */
  public static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  /** What a refusal without any word of when to come back is worth. */
  private static final Duration PAUSE_UNASKED = Duration.ofSeconds(1);

  private static final int SERVICE_UNAVAILABLE = 503;

  private final Transport transport;

  private StreamingHarness(final Transport transport) {
    this.transport = transport;
  }

  /**
   * Starts a harness.
   *
   * @param settings how streams are carried
   * @param endpoints all endpoints that will be asked
   * @return the harness, to be closed
   * @throws IOException if an endpoint's CA bundle can't be read
   */
  public static StreamingHarness open(
      final TransportSettings settings, final Collection<Endpoint> endpoints) throws IOException {
    return new StreamingHarness(new Transport(settings, endpoints));
  }

  /**
   * Asks for a stream as soon as the limiter allows, and pauses the limiter where the service asks
   * for that: with 429 or 503 and {@code Retry-After}, or as its headers say that a limit is used
   * up; for at most {@link #LONGEST_PAUSE}. Credentials that expire are not renewed here, where the
   * wait would be part of the stream: call {@link
   * dev.latencylens.harness.provider.Credentials#refresh} before the stream's time begins.
   *
   * @param endpoint where to ask
   * @param limiter holds the request back; the wait is recorded as queue time
   * @param request what to ask
   * @param intendedStart {@link System#nanoTime()} at which the load wants it to start
   * @return completes with the record once the stream has ended; never exceptionally because of
   *     anything that happened to the stream
   */
  public CompletableFuture<StreamRecord> stream(
      final Endpoint endpoint,
      final RateLimiter limiter,
      final StreamRequest request,
      final long intendedStart) {
    // Encoded before it is released: the limiter's wait hides the work, and the wire does not.
    final WireRequest wire = endpoint.api().encode(endpoint.baseUrl(), request);
    final CompletableFuture<Release> released = limiter.acquire(TokenEstimate.of(request));
    return released.isDone()
        ? send(endpoint, limiter, request, wire, intendedStart, released.join())
        : released.thenComposeAsync(
            release -> send(endpoint, limiter, request, wire, intendedStart, release),
            transport.starters());
  }

  /**
   * Opens connections for streams to come, and sends nothing: their handshakes are then no part of
   * a load. What can't be opened is left for the streams to tell of.
   *
   * @param endpoint where to
   * @param count how many connections are to be ready, from 1, those among them that are open
   *     already; where streams share connections one is all there is
   * @return completes with how many are; never exceptionally
   */
  public CompletableFuture<Integer> openConnections(final Endpoint endpoint, final int count) {
    return transport.open(endpoint, count);
  }

  /**
   * Looks at an endpoint before anything is asked of it: name, connection, TLS, HTTP version,
   * certificate, clock. Neither key nor prompt is sent.
   *
   * @param endpoint where to
   * @return completes with what was found; never exceptionally
   */
  public CompletableFuture<EndpointLook> look(final Endpoint endpoint) {
    return transport.look(endpoint);
  }

  private CompletableFuture<StreamRecord> send(
      final Endpoint endpoint,
      final RateLimiter limiter,
      final StreamRequest request,
      final WireRequest wire,
      final long intendedStart,
      final Release release) {
    return transport
        .send(endpoint, request, wire, intendedStart, release.nanos())
        .whenComplete(
            (record, failure) -> {
              if (record != null) {
                obey(record, limiter);
              }
              release.end(record == null ? OptionalLong.empty() : usedTokens(record.usage()));
            })
        .thenApply(record -> record.heldBy(release.heldBy().map(HeldBy::label)));
  }

  /** Pauses for as long as the service asks for, before the stream's place is free again. */
  private static void obey(final StreamRecord record, final RateLimiter limiter) {
    final Instant now = Instant.now();
    final boolean refused =
        record.outcome() == Outcome.RATE_LIMITED
            || record.httpStatus().equals(OptionalInt.of(SERVICE_UNAVAILABLE));
    final Optional<Duration> pause =
        refused
            ? RetryAfter.ofRefusal(record.rateLimits(), now, LONGEST_PAUSE)
                .or(() -> Optional.of(PAUSE_UNASKED))
            : RetryAfter.ofUsedUpLimit(record.rateLimits(), now, LONGEST_PAUSE);
    pause.ifPresent(limiter::pause);
  }

  private static OptionalLong usedTokens(final Usage usage) {
    return usage.inputTokens().isPresent() && usage.outputTokens().isPresent()
        ? OptionalLong.of(usage.inputTokens().getAsLong() + usage.outputTokens().getAsLong())
        : OptionalLong.empty();
  }

  /**
   * What is held at this moment: to see that nothing is left over.
   *
   * @return the counts, each read for itself
   */
  public Holdings holdings() {
    return transport.holdings();
  }

  /** Closes all connections at once; streams under way end as cancelled. */
  @Override
  public void close() {
    transport.close();
  }
}
