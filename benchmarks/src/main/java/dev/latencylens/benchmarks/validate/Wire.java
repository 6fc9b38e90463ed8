package dev.latencylens.benchmarks.validate;

import dev.latencylens.harness.config.Http2;

/** The ways to carry streams that are compared. */
enum Wire {
  /** What the floor speaks. */
  HTTP1_PLAIN("HTTP/1.1", true, Http2.OFF),
  /** One connection a stream. */
  HTTP1_TLS("HTTP/1.1, TLS", false, Http2.OFF),
  /** One connection a stream. */
  HTTP2_TLS("HTTP/2, TLS, one connection each", false, Http2.EXCLUSIVE),
  /** Streams share connections. */
  HTTP2_SHARED("HTTP/2, TLS, shared", false, Http2.MULTIPLEXED);

  private final String words;
  private final boolean plain;
  private final Http2 http2;

  Wire(final String words, final boolean plain, final Http2 http2) {
    this.words = words;
    this.plain = plain;
    this.http2 = http2;
  }

  String words() {
    return words;
  }

  boolean isPlain() {
    return plain;
  }

  Http2 http2() {
    return http2;
  }
}
