package dev.latencylens.harness.limit;

import dev.latencylens.harness.config.Limits;
import io.github.bucket4j.TimeMeter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass several {@link Gate}s at once: their target's, their provider's, the run's. A
 * request takes from all its gates in the moment of its release, and from none before: what was
 * taken early would come out in a bunch, and more of it than a gate allows.
 *
 * <p>The requests of one limiter pass in the order of the calls. Where limiters share a gate, the
 * one who asked first passes it first, and nobody waits for another's gate.
 *
 * <p>Thread-safe. No thread waits: one at a time looks who may pass, and looks again for those who
 * came meanwhile.
 */
public final class Admission {
  private final LongSupplier clock;
  private final ScheduledExecutorService timer;
  private final List<Lane> lanes = new CopyOnWriteArrayList<>();
  private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();
  private final AtomicLong calls = new AtomicLong();

  /** How often must be looked; whoever raises it from 0 does, until it is 0 again. */
  private final AtomicInteger looks = new AtomicInteger();

  private final AtomicBoolean rung = new AtomicBoolean();

  // Of the look.
  private final List<Lane> byCall = new ArrayList<>();
  private final Set<Gate> claimed = new HashSet<>();
  private @Nullable Future<?> alarm;
  private long alarmNanos;

  /** The reading that all gates and the released one get, so that all speak of one instant. */
  private volatile long nowNanos;

  /**
   * Makes an admission without gates.
   *
   * @param clock nanoseconds, such as {@link System#nanoTime()}
   * @param timer runs the releases that had to wait; not closed by the admission
   */
  public Admission(final LongSupplier clock, final ScheduledExecutorService timer) {
    this.clock = clock;
    this.timer = timer;
    nowNanos = clock.getAsLong();
  }

  /**
   * Makes a gate.
   *
   * @param name what tables call it, such as {@code run}
   * @param limits what it lets through
   * @return the gate, for {@link #limiter}s of this admission
   */
  public Gate gate(final String name, final Limits limits) {
    tick();
    return new Gate(
        name,
        limits,
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return nowNanos;
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        });
  }

  /**
   * Makes a limiter whose requests pass some gates.
   *
   * @param gates of this admission, in any order
   * @return the limiter
   */
  public RateLimiter limiter(final List<Gate> gates) {
    final Lane lane = new Lane(List.copyOf(gates));
    lanes.add(lane);
    return lane;
  }

  /** Lets the gates know what time it is, where no request does. */
  void tick() {
    nowNanos = clock.getAsLong();
  }

  /** A request that waits. */
  private record Waiter(
      long call, long askedNanos, long tokens, CompletableFuture<Release> release) {}

  /** The requests of one limiter. */
  private final class Lane implements RateLimiter {
    private final List<Gate> gates;
    private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();
    private Optional<HeldBy> refusal = Optional.empty();
    private long refusedNanos;

    Lane(final List<Gate> gates) {
      this.gates = gates;
    }

    @Override
    public CompletableFuture<Release> acquire(final long tokens) {
      final CompletableFuture<Release> release = new CompletableFuture<>();
      waiting.add(
          new Waiter(calls.getAndIncrement(), clock.getAsLong(), Math.max(1, tokens), release));
      look();
      return release;
    }

    /** The first that has not given up. */
    @Nullable Waiter head() {
      Waiter head = waiting.peek();
      while (head != null && head.release().isDone()) {
        waiting.remove();
        head = waiting.peek();
      }
      return head;
    }

    /** How long the first has to wait; claims what it waits for, so that nobody overtakes. */
    long waitNanos(final Waiter head) {
      long longest = 0;
      boolean behind = false;
      for (final Gate gate : gates) {
        behind |= claimed.contains(gate);
        final long wait = gate.waitNanos(head.tokens());
        if (wait > 0) {
          claimed.add(gate);
          if (wait > longest) {
            refusal = Optional.of(gate.refusal());
          }
          longest = Math.max(longest, wait);
        }
      }
      if (longest == 0 && behind) {
        longest = Gate.UNTIL_A_STREAM_ENDS;
        gates.stream()
            .filter(claimed::contains)
            .findFirst()
            .ifPresent(gate -> refusal = Optional.of(gate.refusal()));
      }
      if (longest > 0) {
        refusedNanos = nowNanos;
      }
      return longest;
    }

    void release(final Waiter head) {
      waiting.remove();
      gates.forEach(gate -> gate.pass(head.tokens()));
      final boolean held = refusal.isPresent() && head.askedNanos() - refusedNanos <= 0;
      final Release release =
          new Release(nowNanos, held ? refusal : Optional.empty(), head.tokens(), this::ended);
      if (!head.release().complete(release)) {
        gates.forEach(gate -> gate.takeBack(head.tokens()));
      }
    }

    private void ended(final Release release, final OptionalLong used) {
      final long paid = release.tokens();
      ends.add(() -> gates.forEach(gate -> gate.end(paid, used.orElse(paid))));
      look();
    }
  }

  private void look() {
    if (looks.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      releaseWhatMay();
      seen = looks.addAndGet(-seen);
    } while (seen != 0);
  }

  private void releaseWhatMay() {
    long wait;
    do {
      nowNanos = clock.getAsLong();
      Runnable end;
      while ((end = ends.poll()) != null) {
        end.run();
      }
      wait = releaseOne();
    } while (wait == 0);
    if (rung.getAndSet(false)) {
      alarm = null;
    }
    if (wait != Gate.UNTIL_A_STREAM_ENDS) {
      lookIn(wait);
    }
  }

  /** Releases the first that may pass; else how long nobody may. */
  private long releaseOne() {
    byCall.clear();
    for (final Lane lane : lanes) {
      if (lane.head() != null) {
        byCall.add(lane);
      }
    }
    if (byCall.size() > 1) {
      byCall.sort(Comparator.comparingLong(Admission::firstCall));
    }
    claimed.clear();
    long soonest = Gate.UNTIL_A_STREAM_ENDS;
    for (final Lane lane : byCall) {
      final Waiter head = lane.head();
      if (head != null) {
        final long wait = lane.waitNanos(head);
        if (wait == 0) {
          lane.release(head);
          return 0;
        }
        soonest = Math.min(soonest, wait);
      }
    }
    return soonest;
  }

  private static long firstCall(final Lane lane) {
    final Waiter head = lane.head();
    return head == null ? Long.MAX_VALUE : head.call();
  }

  private void lookIn(final long waitNanos) {
    final long due = nowNanos + waitNanos;
    if (alarm != null) {
      if (alarmNanos - due <= 0) {
        return;
      }
      alarm.cancel(false);
    }
    try {
      alarm = timer.schedule(this::ring, waitNanos, TimeUnit.NANOSECONDS);
      alarmNanos = due;
    } catch (final RejectedExecutionException closed) {
      alarm = null;
      for (final Lane lane : lanes) {
        Waiter next;
        while ((next = lane.waiting.poll()) != null) {
          next.release().completeExceptionally(closed);
        }
      }
    }
  }

  private void ring() {
    rung.set(true);
    look();
  }
}
