package dev.latencylens.harness.transport;

import java.util.ArrayList;
import java.util.List;
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

  // Guarded by this.
  private boolean cancelled;
  private @Nullable Cancellable waiting;
  private @Nullable Cancellable connecting;
  private @Nullable Cancellable onWire;

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
    set(() -> waiting = () -> exchange.cancel(true), () -> exchange.cancel(true));
  }

  /** A connection is being opened. */
  void connecting(final Future<?> connection) {
    set(() -> connecting = () -> connection.cancel(true), () -> connection.cancel(true));
  }

  /** Something of the stream is on the wire: only the latest of it is cancelled. */
  void onWire(final Cancellable latest) {
    set(() -> onWire = latest, latest);
  }

  private void set(final Runnable field, final Cancellable added) {
    synchronized (this) {
      if (!cancelled) {
        field.run();
        return;
      }
    }
    added.cancel();
  }

  /** Cancels all there is and all that will be. To be called without a lock: it calls back. */
  void cancel() {
    final List<Cancellable> all = new ArrayList<>();
    synchronized (this) {
      cancelled = true;
      for (final Cancellable one : new Cancellable[] {onWire, connecting, waiting}) {
        if (one != null) {
          all.add(one);
        }
      }
      onWire = null;
      connecting = null;
      waiting = null;
    }
    all.forEach(Cancellable::cancel);
  }
}
