package dev.latencylens.harness.transport;

import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Whom an exchange of HttpClient is meant for, as its context knows. Stateless. */
final class Destination {
  private static final String ATTRIBUTE = "latency-lens.destination";

  private Destination() {}

  static void attach(final Endpoint endpoint, final HttpContext context) {
    context.setAttribute(ATTRIBUTE, endpoint);
  }

  static @Nullable Endpoint of(final @Nullable HttpContext context) {
    return context != null && context.getAttribute(ATTRIBUTE) instanceof Endpoint endpoint
        ? endpoint
        : null;
  }
}
