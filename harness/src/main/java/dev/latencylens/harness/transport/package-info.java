/**
 * HttpClient 5, asynchronous: connections, TLS, HTTP/1.1 and HTTP/2. The only place that stamps
 * arrivals; it must not parse a body.
 */
@NullMarked
package dev.latencylens.harness.transport;

import org.jspecify.annotations.NullMarked;
