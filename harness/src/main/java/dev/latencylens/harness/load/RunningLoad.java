package dev.latencylens.harness.load;

import dev.latencylens.harness.config.Load;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A load under way: its thread starts every stream, those that had to wait too, and outlives the
 * last of them. Whoever ends a stream only gives its place back and wakes that thread. Thread-safe.
 *
 * <p>As arrivals are started in their order, the queue of those that wait is the part of the
 * schedule that is due and not started: it needs no memory and can't lose anything.
 */
public final class RunningLoad {
  /** Timers fire about this late; what is left is spun away. */
  private static final long SPIN_NANOS = 60_000;

  private final StartTimes times;
  private final int maxInFlight;
  private final Starter starter;
  private final Pacer pacer;
  private final CompletableFuture<LoadAccount> released = new CompletableFuture<>();
  private final CompletableFuture<LoadAccount> ended = new CompletableFuture<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Raised by the load's thread only. */
  private final AtomicInteger inFlight = new AtomicInteger();

  private volatile boolean cancelled;
  private volatile boolean draining;

  // Of the load's thread.
  private final long[] lateNanos;
  private final BitSet waited = new BitSet();
  private int started;
  private int longestQueue;
  private long startNanos;

  RunningLoad(
      final StartTimes times, final int maxInFlight, final Starter starter, final Pacer pacer) {
    if (maxInFlight < 1 || maxInFlight > Load.MOST_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "streams in flight must be from 1 to " + Load.MOST_IN_FLIGHT);
    }
    this.times = times;
    this.maxInFlight = maxInFlight;
    this.starter = starter;
    this.pacer = pacer;
    lateNanos = new long[times.planned()];
  }

  static RunningLoad launch(
      final String name, final StartTimes times, final int maxInFlight, final Starter starter) {
    final RunningLoad load = new RunningLoad(times, maxInFlight, starter, new Pacer.OfThread());
    final Thread thread = new Thread(load::run, name);
    thread.setDaemon(true);
    thread.start();
    return load;
  }

  /** Starts nothing more. Streams in flight go on. May be called more than once. */
  public void cancel() {
    cancelled = true;
    pacer.wake();
  }

  /**
   * How many streams are in flight now.
   *
   * @return from 0 to the ceiling
   */
  public int inFlight() {
    return inFlight.get();
  }

  /**
   * When all is started that will be.
   *
   * @return completes with the account, also of a load that was cancelled or failed
   */
  public CompletableFuture<LoadAccount> released() {
    return released.copy();
  }

  /**
   * When all that was started has ended, too. A stream whose future never completes holds this up
   * for good: every stream needs a deadline.
   *
   * @return completes with the account, on the load's thread; exceptionally with what the starter
   *     threw or a stream's future completed with, once the other streams have ended
   */
  public CompletableFuture<LoadAccount> ended() {
    return ended.copy();
  }

  /** All of the load, on its own thread. */
  void run() {
    startNanos = pacer.nanoTime();
    try {
      releaseAll();
    } catch (final RuntimeException | Error e) {
      fail(e);
    }
    final LoadAccount account = account(pacer.nanoTime() - startNanos);
    released.complete(account);
    draining = true;
    while (inFlight.get() > 0) {
      pacer.park();
    }
    final Throwable cause = failure.get();
    if (cause == null) {
      ended.complete(account);
    } else {
      ended.completeExceptionally(cause);
    }
  }

  private void releaseAll() {
    // The last time at which all places were taken while an arrival was due.
    long fullUntil = startNanos - 1;
    for (int index = 0; index < times.planned(); index++) {
      final long due = times.dueNanos(index, startNanos, pacer.nanoTime());
      if (!awaitDue(due)) {
        return;
      }
      if (inFlight.get() >= maxInFlight) {
        final boolean free = awaitPlace();
        fullUntil = pacer.nanoTime();
        longestQueue = Math.max(longestQueue, times.dueBy(fullUntil - startNanos, index) - index);
        if (!free) {
          return;
        }
      }
      final long now = pacer.nanoTime();
      final long intended = times.dueNanos(index, startNanos, now);
      final boolean late = intended - fullUntil <= 0 && now > intended;
      start(new Starter.Arrival(index, intended, late));
      lateNanos[index] = now - intended;
      waited.set(index, late);
      started = index + 1;
    }
  }

  private boolean awaitDue(final long due) {
    while (!cancelled) {
      final long left = due - pacer.nanoTime();
      if (left <= 0) {
        return true;
      }
      if (left > SPIN_NANOS) {
        pacer.park(left - SPIN_NANOS);
      } else {
        pacer.spin();
      }
    }
    return false;
  }

  private boolean awaitPlace() {
    while (!cancelled) {
      if (inFlight.get() < maxInFlight) {
        return true;
      }
      pacer.park();
    }
    return false;
  }

  private void start(final Starter.Arrival arrival) {
    inFlight.incrementAndGet();
    boolean under = false;
    try {
      final var unused =
          starter.start(arrival).whenComplete((result, thrown) -> streamEnded(thrown));
      under = true;
    } finally {
      if (!under) {
        inFlight.decrementAndGet();
      }
    }
  }

  private void streamEnded(final @Nullable Throwable thrown) {
    if (thrown != null) {
      fail(
          thrown instanceof CompletionException && thrown.getCause() != null
              ? thrown.getCause()
              : thrown);
    }
    final int left = inFlight.decrementAndGet();
    if (left == maxInFlight - 1 || draining) {
      pacer.wake();
    }
  }

  private void fail(final Throwable cause) {
    failure.compareAndSet(null, cause);
    cancel();
  }

  private LoadAccount account(final long elapsedNanos) {
    final boolean whole = started == times.planned();
    final long window = times.windowNanos(elapsedNanos);
    return new LoadAccount(
        times.planned(),
        whole ? started : Math.max(started, times.dueBy(elapsedNanos, started)),
        started,
        longestQueue,
        startNanos,
        whole ? window : Math.min(window, elapsedNanos),
        new StartErrors(lateNanos, waited, started));
  }
}
