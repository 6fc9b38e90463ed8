package dev.latencylens.harness.transport;

import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;

/**
 * How streams are carried.
 *
 * @param deadlines how long each phase of a stream may take
 * @param http2 whether HTTP/2 is spoken, and whether streams share its connections
 * @param connections how connections are kept, with room for the streams in flight
 * @param maxStreamBytes the largest body to accept
 * @param maxEventBytes the largest single event to accept
 * @param keepText whether the answers' texts are kept, and not only described
 */
public record TransportSettings(
    Deadlines deadlines,
    Http2 http2,
    Connections connections,
    long maxStreamBytes,
    long maxEventBytes,
    boolean keepText) {}
