package dev.latencylens.harness.transport;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Ends one stream on the wire, wherever it is: waiting for a connection, connecting, shaking hands,
 * or under way. Thread-safe.
 *
 * <p>HttpClient's own future does not do: what it would cancel is overwritten where a connection is
 * at hand at once or comes quickly, and from then on cancelling it closes nothing.
 */
final class WireCancel {
  private static final String ATTRIBUTE = "latency-lens.wire-cancel";

  /** What may have to be cancelled, in the order in which that is done. */
  private enum Phase {
    ON_WIRE,
    CONNECTING,
    WAITING
  }

  // Guarded by this.
  private final Map<Phase, Cancellable> phases = new EnumMap<>(Phase.class);
  private boolean cancelled;

  static @Nullable WireCancel of(final @Nullable HttpContext context) {
    return context != null && context.getAttribute(ATTRIBUTE) instanceof WireCancel wire
        ? wire
        : null;
  }

  void attachTo(final HttpContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }

  /** HttpClient looks for a connection. */
  void waiting(final Future<?> exchange) {
    set(Phase.WAITING, () -> exchange.cancel(true));
  }

  /** A connection is being opened. */
  void connecting(final Future<?> connection) {
    set(Phase.CONNECTING, () -> connection.cancel(true));
  }

  /** Something of the stream is on the wire: only the latest of it is cancelled. */
  void onWire(final Cancellable latest) {
    set(Phase.ON_WIRE, latest);
  }

  private void set(final Phase phase, final Cancellable latest) {
    synchronized (this) {
      if (!cancelled) {
        phases.put(phase, latest);
        return;
      }
    }
    latest.cancel();
  }

  /** Cancels all there is and all that will be. To be called without a lock: it calls back. */
  void cancel() {
    final List<Cancellable> all;
    synchronized (this) {
      cancelled = true;
      all = List.copyOf(phases.values());
      phases.clear();
    }
    all.forEach(Cancellable::cancel);
  }
}
