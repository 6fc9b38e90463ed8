package dev.latencylens.harness.stream;

import java.util.OptionalLong;

/**
 * The connection that carried a stream.
 *
 * @param cold whether this stream opened the connection; a warm one was open before
 * @param httpVersion {@code HTTP/1.1} or {@code HTTP/2.0}; empty before the response's head
 * @param dnsNanos time to resolve the host's name, only where this stream did
 * @param connectNanos time of the TCP handshake, only where this stream did it
 * @param tlsNanos time of the TLS handshake, only where this stream did it
 */
public record ConnectionPhases(
    boolean cold,
    String httpVersion,
    OptionalLong dnsNanos,
    OptionalLong connectNanos,
    OptionalLong tlsNanos) {

  /** Of a stream that never had a connection. */
  public static final ConnectionPhases NONE =
      new ConnectionPhases(
          false, "", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /**
   * {@code setup}: the sum of the phases this stream went through.
   *
   * @return nanoseconds; 0 on a warm connection
   */
  public long setupNanos() {
    return dnsNanos.orElse(0) + connectNanos.orElse(0) + tlsNanos.orElse(0);
  }
}
