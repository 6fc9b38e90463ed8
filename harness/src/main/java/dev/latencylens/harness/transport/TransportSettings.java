package dev.latencylens.harness.transport;

import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;

/**
 * How streams are carried.
 *
 * @param deadlines how long each phase of a stream may take
 * @param http2 whether HTTP/2 is spoken, and whether streams share its connections
 * @param reuse whether a connection may carry another stream after its first one has ended
 * @param maxConnections the most connections to one endpoint, at least the streams in flight
 * @param maxStreamBytes the largest body to accept
 * @param maxEventBytes the largest single event to accept
 * @param keepText whether the answers' texts are kept, and not only described
 */
public record TransportSettings(
    Deadlines deadlines,
    Http2 http2,
    boolean reuse,
    int maxConnections,
    long maxStreamBytes,
    long maxEventBytes,
    boolean keepText) {}
