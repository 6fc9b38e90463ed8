package dev.latencylens.harness.limit;

import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.stream.Outcome;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the deadlines of one stream.
 *
 * <p>The stream only leaves stamps; a timer looks at them now and then, never later than any
 * deadline could pass, so that an event costs a write and no rescheduling. The stamps decide what
 * has passed: a timer that runs late neither blames a stream that was in time nor spares one that
 * was not. What no stamp has been left for by the time the timer looks counts as not come.
 *
 * <p>The {@code on…} methods are for the stream's I/O thread, one call at a time; {@link #close} is
 * thread-safe.
 */
public final class DeadlineWatch implements AutoCloseable {
  /** No stamp yet. 0 would do no better: {@link System#nanoTime()} can return anything. */
  private static final long NOT_YET = Long.MIN_VALUE;

  private final LongSupplier clock;
  private final ScheduledExecutorService timer;
  private final Expired expired;
  private final long connectDue;
  private final long connectNanos;
  private final long firstByteNanos;
  private final long firstTokenNanos;
  private final long idleNanos;
  private final long totalNanos;

  private volatile long started = NOT_YET;
  private volatile long firstByte = NOT_YET;
  private volatile long lastByte = NOT_YET;
  private volatile long firstContent = NOT_YET;

  /** When the idle deadline passed before a byte came after all. */
  private volatile long idlePassed = NOT_YET;

  // Guarded by this.
  private boolean over;
  private @Nullable Future<?> pending;

  /** Gets to know which deadline has passed. */
  @FunctionalInterface
  public interface Expired {
    /**
     * A deadline has passed; called once at most, on the timer's thread, and not after {@link
     * DeadlineWatch#close}.
     *
     * @param timeout one of the five timeouts
     * @param limitNanos the deadline's length
     */
    void expired(Outcome timeout, long limitNanos);
  }

  /** A deadline that has passed. */
  private record Expiry(Outcome timeout, long due, long limitNanos) {}

  private DeadlineWatch(
      final Deadlines deadlines,
      final LongSupplier clock,
      final ScheduledExecutorService timer,
      final long releaseNanos,
      final Expired expired) {
    this.clock = clock;
    this.timer = timer;
    this.expired = expired;
    connectNanos = deadlines.connect().toNanos();
    connectDue = releaseNanos + connectNanos;
    firstByteNanos = deadlines.firstByte().toNanos();
    firstTokenNanos = deadlines.firstToken().toNanos();
    idleNanos = deadlines.idle().toNanos();
    totalNanos = deadlines.total().toNanos();
  }

  /**
   * Starts to watch a stream, with the connect deadline running.
   *
   * @param deadlines how long each phase may take
   * @param clock nanoseconds; all stamps are of this clock
   * @param timer looks at the stamps; not closed by the watch
   * @param releaseNanos when the limiter released the request
   * @param expired called once if a deadline passes
   * @return the watch, to be closed when the stream has ended
   * @throws RejectedExecutionException if the timer is shut down
   */
  public static DeadlineWatch start(
      final Deadlines deadlines,
      final LongSupplier clock,
      final ScheduledExecutorService timer,
      final long releaseNanos,
      final Expired expired) {
    final DeadlineWatch watch = new DeadlineWatch(deadlines, clock, timer, releaseNanos, expired);
    watch.lookAgain(clock.getAsLong());
    return watch;
  }

  /**
   * The request is about to be written: the connect deadline is met, and those from the start run.
   *
   * @param nanos the actual start
   */
  public void onStarted(final long nanos) {
    started = nanos;
  }

  /**
   * Bytes of the body have come.
   *
   * @param stampNanos when
   */
  public void onBytes(final long stampNanos) {
    final long last = lastByte;
    if (last == NOT_YET) {
      firstByte = stampNanos;
    } else if (stampNanos - last > idleNanos && idlePassed == NOT_YET) {
      idlePassed = last + idleNanos;
    }
    lastByte = stampNanos;
  }

  /**
   * The first content has come: only the idle and total deadlines remain.
   *
   * @param stampNanos when
   */
  public void onFirstContent(final long stampNanos) {
    firstContent = stampNanos;
  }

  /** The stream has ended. May be called more than once. */
  @Override
  public synchronized void close() {
    over = true;
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  private void look() {
    // The clock before the stamps: those that are read then are at least as new.
    final long now = clock.getAsLong();
    final Expiry expiry = earliestPassed(now);
    if (expiry == null) {
      lookAgain(now);
    } else if (end()) {
      // Outside the lock: the stream's own lock may be taken in there.
      expired.expired(expiry.timeout(), expiry.limitNanos());
    }
  }

  private synchronized boolean end() {
    final boolean first = !over;
    over = true;
    pending = null;
    return first;
  }

  private synchronized void lookAgain(final long now) {
    if (!over) {
      pending = timer.schedule(this::look, untilNextDue(now), TimeUnit.NANOSECONDS);
    }
  }

  private @Nullable Expiry earliestPassed(final long now) {
    final long start = started;
    if (passed(start, connectDue, now)) {
      return new Expiry(Outcome.TIMEOUT_CONNECT, connectDue, connectNanos);
    }
    if (start == NOT_YET) {
      return null;
    }
    final long content = firstContent;
    final long last = lastByte;
    final long first = firstByte;
    Expiry earliest = null;
    if (passed(first, start + firstByteNanos, now)) {
      earliest = new Expiry(Outcome.TIMEOUT_FIRST_BYTE, start + firstByteNanos, firstByteNanos);
    }
    if (passed(content, start + firstTokenNanos, now)) {
      earliest =
          earlier(
              earliest,
              new Expiry(Outcome.TIMEOUT_FIRST_TOKEN, start + firstTokenNanos, firstTokenNanos));
    }
    final long idle = idlePassed;
    if (idle != NOT_YET) {
      earliest = earlier(earliest, new Expiry(Outcome.TIMEOUT_IDLE, idle, idleNanos));
    } else if (last != NOT_YET && now - (last + idleNanos) >= 0) {
      earliest = earlier(earliest, new Expiry(Outcome.TIMEOUT_IDLE, last + idleNanos, idleNanos));
    }
    if (now - (start + totalNanos) >= 0) {
      earliest =
          earlier(earliest, new Expiry(Outcome.TIMEOUT_TOTAL, start + totalNanos, totalNanos));
    }
    return earliest;
  }

  /** Whether what was due came too late, or has not come although it is due. */
  private static boolean passed(final long stamp, final long due, final long now) {
    return stamp == NOT_YET ? now - due >= 0 : stamp - due > 0;
  }

  private static Expiry earlier(final @Nullable Expiry first, final Expiry second) {
    return first == null || second.due() - first.due() < 0 ? second : first;
  }

  /**
   * How long no deadline can pass, whatever comes meanwhile: what has not happened yet may happen
   * right now, and set a shorter deadline going.
   */
  private long untilNextDue(final long now) {
    final long start = started;
    long delay;
    if (start == NOT_YET) {
      delay = Math.min(connectDue - now, Math.min(firstByteNanos, firstTokenNanos));
      delay = Math.min(delay, Math.min(idleNanos, totalNanos));
    } else {
      delay = start + totalNanos - now;
      if (firstContent == NOT_YET) {
        delay = Math.min(delay, start + firstTokenNanos - now);
      }
      final long last = lastByte;
      if (last == NOT_YET) {
        delay = Math.min(delay, Math.min(start + firstByteNanos - now, idleNanos));
      } else {
        delay = Math.min(delay, last + idleNanos - now);
      }
    }
    return Math.max(1, delay);
  }
}
