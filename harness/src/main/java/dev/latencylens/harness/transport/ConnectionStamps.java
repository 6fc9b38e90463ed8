package dev.latencylens.harness.transport;

import dev.latencylens.harness.stream.ConnectionPhases;
import java.util.OptionalLong;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The connection phases of one stream, as they are passed. Written by the thread that starts the
 * stream and then by its I/O thread, read by whoever ends it: each field is volatile.
 */
final class ConnectionStamps {
  private static final String ATTRIBUTE = "latency-lens.connection-stamps";
  private static final long UNSET = Long.MIN_VALUE;

  private volatile boolean cold;
  private volatile long dnsNanos = UNSET;
  private volatile long connectFrom = UNSET;
  private volatile long connectedAt = UNSET;
  private volatile long securedAt = UNSET;
  private volatile String httpVersion = "";

  void attachTo(final HttpContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }

  static @Nullable ConnectionStamps of(final @Nullable HttpContext context) {
    return context != null && context.getAttribute(ATTRIBUTE) instanceof ConnectionStamps stamps
        ? stamps
        : null;
  }

  /** A connection is being opened for this stream. */
  void opening(final long now) {
    cold = true;
    connectFrom = now;
  }

  /** The host's name was resolved, which took {@code nanos} until {@code now}. */
  void resolved(final long nanos, final long now) {
    dnsNanos = nanos;
    connectFrom = now;
  }

  /** The TCP connection stands, through a proxy the tunnel within it. */
  void connected(final long now) {
    connectedAt = now;
  }

  void secured(final long now) {
    securedAt = now;
  }

  void httpVersion(final String version) {
    httpVersion = version;
  }

  /** Whether there is a way to the service itself: through a proxy, once the tunnel stands. */
  boolean connected() {
    return connectedAt != UNSET;
  }

  /** Whether this stream set out to open a connection. */
  boolean opened() {
    return cold;
  }

  /** Whether there is a way to the service, but the TLS handshake isn't through. */
  boolean handshaking() {
    return connectedAt != UNSET && securedAt == UNSET;
  }

  /** For how long the connection has been standing; 0 where none was opened. */
  long nanosSinceItStands() {
    final long since = securedAt == UNSET ? connectedAt : securedAt;
    return since == UNSET ? 0 : System.nanoTime() - since;
  }

  ConnectionPhases phases() {
    return new ConnectionPhases(
        cold,
        httpVersion,
        dnsNanos == UNSET ? OptionalLong.empty() : OptionalLong.of(dnsNanos),
        between(connectFrom, connectedAt),
        between(connectedAt, securedAt));
  }

  private static OptionalLong between(final long from, final long to) {
    return from == UNSET || to == UNSET ? OptionalLong.empty() : OptionalLong.of(to - from);
  }
}
