package dev.latencylens.harness.limit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A clock and a timer that the test owns: tasks run on the test's thread while it moves time on.
 */
final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong((Task task) -> task.due).thenComparing(t -> t.n));
  private final LongSupplier latenessNanos;
  private long nowNanos;
  private long scheduled;
  private boolean shutdown;

  /** Tasks run when they are due. */
  ManualScheduler(final long startNanos) {
    this(startNanos, () -> 0);
  }

  /** Each task runs late by what the supplier says. */
  ManualScheduler(final long startNanos, final LongSupplier latenessNanos) {
    nowNanos = startNanos;
    this.latenessNanos = latenessNanos;
  }

  long now() {
    return nowNanos;
  }

  /** Moves time on without running anything, as if the timer's thread were held up. */
  void stall(final long nanos) {
    nowNanos += nanos;
  }

  /** Moves time on, and runs what becomes due at its time. */
  void advance(final long nanos) {
    final long end = nowNanos + nanos;
    while (runNextUntil(end)) {}
    nowNanos = Math.max(nowNanos, end);
  }

  /** Moves time on to the next task and runs it; false if there is none. */
  boolean runNext() {
    return runNextUntil(Long.MAX_VALUE);
  }

  private boolean runNextUntil(final long end) {
    final Task next = tasks.peek();
    if (next == null || next.due > end) {
      return false;
    }
    tasks.remove();
    nowNanos = Math.max(nowNanos, next.due);
    next.run();
    return true;
  }

  /** How many tasks are waiting, without those that were cancelled. */
  int pending() {
    return tasks.size();
  }

  /** How many tasks were ever scheduled. */
  long scheduled() {
    return scheduled;
  }

  Optional<Long> nextDue() {
    return Optional.ofNullable(tasks.peek()).map(task -> task.due);
  }

  @Override
  public ScheduledFuture<?> schedule(
      final Runnable command, final long delay, final TimeUnit unit) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    final Task task =
        new Task(
            command,
            nowNanos + Math.max(0, unit.toNanos(delay)) + latenessNanos.getAsLong(),
            scheduled++);
    tasks.add(task);
    return task;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(
      final Callable<V> callable, final long delay, final TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      final Runnable command, final long initialDelay, final long period, final TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      final Runnable command, final long initialDelay, final long delay, final TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(final long timeout, final TimeUnit unit) {
    return shutdown;
  }

  @Override
  public void execute(final Runnable command) {
    command.run();
  }

  private final class Task extends FutureTask<Object> implements RunnableScheduledFuture<Object> {
    private final long due;
    private final long n;

    Task(final Runnable command, final long due, final long n) {
      super(command, "done");
      this.due = due;
      this.n = n;
    }

    @Override
    public boolean isPeriodic() {
      return false;
    }

    @Override
    public long getDelay(final TimeUnit unit) {
      return unit.convert(due - nowNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(final Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean cancel(final boolean mayInterruptIfRunning) {
      tasks.remove(this);
      return super.cancel(mayInterruptIfRunning);
    }
  }
}
