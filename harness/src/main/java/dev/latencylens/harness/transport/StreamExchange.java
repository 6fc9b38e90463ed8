package dev.latencylens.harness.transport;

import dev.latencylens.harness.limit.DeadlineWatch;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.timeline.DecodedStream;
import dev.latencylens.harness.timeline.StreamTimeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One stream under way: what its callbacks have seen so far, and the one place where it ends.
 *
 * <p>Callbacks come from the I/O thread, the deadline's timer, the decoder and the caller. What
 * they share is guarded by this object's monitor, which no other stream touches; whoever ends the
 * stream first decides its outcome.
 */
final class StreamExchange {
  private static final String ATTRIBUTE = "latency-lens.exchange";
  private static final int PROXY_LOGIN_WANTED = 407;

  private final Endpoint endpoint;
  private final StreamRequest request;
  private final long intendedStart;
  private final long release;
  private final StreamTimeline timeline;
  private final ConnectionStamps connection = new ConnectionStamps();
  private final WireCancel wire = new WireCancel();
  private final CompletableFuture<StreamRecord> result = new CompletableFuture<>();

  // Guarded by this.
  private boolean ended;
  private @Nullable DeadlineWatch watch;
  private OptionalLong actualStart = OptionalLong.empty();
  private final ResponseState response = new ResponseState();

  StreamExchange(
      final Endpoint endpoint,
      final StreamRequest request,
      final long intendedStart,
      final long release,
      final TimelineFactory timelines) {
    this.endpoint = endpoint;
    this.request = request;
    this.intendedStart = intendedStart;
    this.release = release;
    this.timeline = timelines.timelineFor(endpoint.api(), this::undecodable);
  }

  /** Makes the timeline of a stream, with what the transport shares between streams. */
  @FunctionalInterface
  interface TimelineFactory {
    StreamTimeline timelineFor(StreamApi api, Runnable onBroken);
  }

  static @Nullable StreamExchange of(final HttpContext context) {
    return context.getAttribute(ATTRIBUTE) instanceof StreamExchange exchange ? exchange : null;
  }

  void attachTo(final HttpContext context) {
    context.setAttribute(ATTRIBUTE, this);
    Destination.attach(endpoint, context);
    connection.attachTo(context);
    wire.attachTo(context);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  CompletableFuture<StreamRecord> result() {
    return result;
  }

  /** The deadlines have begun to run. */
  synchronized void watchedBy(final DeadlineWatch started) {
    if (ended) {
      started.close();
    } else {
      watch = started;
    }
  }

  /** HttpClient has taken the exchange on; one that has ended meanwhile is cancelled at once. */
  void waiting(final Future<?> exchange) {
    wire.waiting(exchange);
  }

  /** On the I/O thread, just before the first request byte is handed to the connection. */
  synchronized void requestStarts(final long now) {
    actualStart = OptionalLong.of(now);
    if (watch != null) {
      watch.onStarted(now);
    }
  }

  void interimResponse() {
    final Optional<String> complaint;
    synchronized (this) {
      complaint = response.interim();
    }
    complaint.ifPresent(text -> cutOff(Outcome.TOO_LARGE, endpoint.origin() + " " + text));
  }

  synchronized void responseHead(
      final HttpResponse received, final @Nullable EntityDetails entity) {
    if (actualStart.isEmpty()) {
      response.noTunnel(received);
      return;
    }
    connection.httpVersion(String.valueOf(received.getVersion()));
    response.head(received, entity, endpoint.api());
  }

  void bytes(final ByteBuffer bytes) {
    final long stamp = ArrivalThread.currentStamp();
    final StreamTimeline.Progress progress;
    synchronized (this) {
      if (ended || response.refusedByProxy().isPresent()) {
        bytes.position(bytes.limit());
        return;
      }
      if (watch != null && bytes.hasRemaining()) {
        watch.onBytes(stamp);
      }
      if (response.notAStream().isPresent()) {
        response.notAStream().get().read(bytes);
        return;
      }
      progress = timeline.read(stamp, bytes);
      if (progress == StreamTimeline.Progress.FIRST_CONTENT && watch != null) {
        watch.onFirstContent(stamp);
      }
    }
    if (progress == StreamTimeline.Progress.BROKEN) {
      undecodable();
    } else if (progress == StreamTimeline.Progress.TOO_LARGE) {
      cutOff(Outcome.TOO_LARGE, "the stream is larger than max_stream_bytes allows");
    }
  }

  /** The body, or the response without one, has ended properly. */
  void bodyEnded() {
    if (!endWithoutStream()) {
      end(Outcome.COMPLETE, Optional.empty(), true);
    }
  }

  /**
   * Whether the exchange failed for no other reason than that a pooled connection was found closed
   * before anything was written to it.
   */
  synchronized boolean foundConnectionStale(final Exception cause) {
    return !ended
        && cause instanceof IOException
        && actualStart.isEmpty()
        && response.status().isEmpty()
        && !connection.opened();
  }

  void failed(final Exception cause) {
    final boolean requestWritten;
    final boolean reusedInVain;
    synchronized (this) {
      requestWritten = actualStart.isPresent();
      reusedInVain = requestWritten && response.status().isEmpty() && !connection.opened();
    }
    if (endWithoutStream()) {
      return;
    }
    final FailureClassifier.Failure failure =
        FailureClassifier.classify(cause, peer(), requestWritten, connection.handshaking());
    final String hint =
        reusedInVain && failure.outcome() == Outcome.CONNECTION_LOST
            ? ", a kept-alive one, without an answer: set connections: { reuse: false }"
            : "";
    end(failure.outcome(), Optional.of(failure.detail() + hint), false);
  }

  /**
   * Ends the exchange as what its response is instead of a stream. Where a status said all, that
   * its body broke off, or does not end, changes nothing.
   *
   * @return false if the response is a stream, or has not come
   */
  private boolean endWithoutStream() {
    final OptionalInt refusal;
    final Optional<ResponseSummary> summary;
    synchronized (this) {
      refusal = response.refusedByProxy();
      summary = response.notAStream();
    }
    if (refusal.isPresent()) {
      noTunnel(refusal.getAsInt());
    } else {
      summary.ifPresent(
          said -> end(said.outcome(), Optional.of(said.detail(endpoint.origin())), false));
    }
    return refusal.isPresent() || summary.isPresent();
  }

  /** With whom the stream is speaking: until its tunnel stands, that is the proxy. */
  private String peer() {
    return endpoint
        .proxy()
        .filter(proxy -> connection.opened() && !connection.connected())
        .map(proxy -> "the proxy " + proxy.hostAndPort())
        .orElseGet(endpoint::origin);
  }

  private void noTunnel(final int proxyStatus) {
    end(
        Outcome.CONNECT_FAILED,
        Optional.of(
            peer()
                + " opens no way to "
                + endpoint.origin()
                + ", status "
                + proxyStatus
                + (proxyStatus == PROXY_LOGIN_WANTED
                    ? ": give user and password in HTTPS_PROXY"
                    : "")),
        false);
  }

  /** A deadline has passed: the stream is closed on the wire at once. */
  void expired(final Outcome timeout, final long limitNanos) {
    final Optional<ResponseSummary> summary;
    synchronized (this) {
      summary = response.notAStream();
    }
    if (summary.isPresent()) {
      // The status said all: that its body does not end is no reading of a stream.
      cutOff(summary.get().outcome(), summary.get().detail(endpoint.origin()));
      return;
    }
    endOnce(timeout, Optional.empty(), false, OptionalLong.of(limitNanos), System.nanoTime()).run();
  }

  /** There are no valid credentials: nothing is sent. */
  void unauthenticated(final CredentialsException cause) {
    cutOff(Outcome.AUTH_FAILED, cause.getMessage());
  }

  void cancel() {
    cutOff(Outcome.CANCELLED, "cancelled by the caller");
  }

  private void undecodable() {
    cutOff(Outcome.MALFORMED, "the body can't be decoded");
  }

  private void cutOff(final Outcome outcome, final String detail) {
    endOnce(outcome, Optional.of(detail), false, OptionalLong.empty(), System.nanoTime()).run();
  }

  private void end(final Outcome outcome, final Optional<String> detail, final boolean bodyEnded) {
    // Within a read, that read's stamp: the end came with it.
    final Runnable nothingToCancel =
        endOnce(outcome, detail, bodyEnded, OptionalLong.empty(), ArrivalThread.currentStamp());
    assert nothingToCancel != null;
  }

  /**
   * Ends the stream unless it has ended.
   *
   * @return cancels the exchange: to be run outside the monitor, since it calls back
   */
  private Runnable endOnce(
      final Outcome outcome,
      final Optional<String> detail,
      final boolean bodyEnded,
      final OptionalLong limit,
      final long now) {
    synchronized (this) {
      if (ended) {
        return () -> {};
      }
      ended = true;
      if (watch != null) {
        watch.close();
      }
      final OptionalLong firstByte =
          timeline.hasBytes() ? OptionalLong.of(timeline.firstByte()) : OptionalLong.empty();
      timeline.finish(
          bodyEnded,
          decoded -> {
            try {
              result.complete(record(outcome, detail, limit, now, firstByte, decoded));
            } catch (final RuntimeException bug) {
              // Whoever waits must hear of it: the decoder's thread has nobody to tell.
              result.completeExceptionally(bug);
            }
          });
      return wire::cancel;
    }
  }

  private StreamRecord record(
      final Outcome reached,
      final Optional<String> detail,
      final OptionalLong limit,
      final long endStamp,
      final OptionalLong firstByte,
      final DecodedStream decoded) {
    final StreamEnd end = StreamEnd.of(reached, detail, decoded, endpoint.origin());
    synchronized (this) {
      // What a server sent is text from outside: it may echo the key.
      final ResponseHead said = response.head().redacted(this::redact);
      final Map<StreamAttribute, String> attributes = new EnumMap<>(StreamAttribute.class);
      decoded.attributes().forEach((which, value) -> attributes.put(which, redact(value)));
      said.attributes().forEach(attributes::putIfAbsent);
      return new StreamRecord(
          request.id(),
          endpoint.provider(),
          request.model(),
          end.outcome(),
          end.detail().map(this::redact),
          response.status(),
          intendedStart,
          release,
          actualStart,
          firstByte,
          endStamp,
          limit,
          decoded.content(),
          decoded.usage(),
          decoded.finishReason().map(this::redact),
          connection.phases(),
          attributes,
          said.requestId(),
          said.rateLimits(),
          decoded.answer().map(answer -> answer.redacted(this::redact)),
          Optional.empty());
    }
  }

  private String redact(final String text) {
    return endpoint.credentials().redact(text);
  }
}
