package dev.latencylens.benchmarks.runner;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and its like: the round under way is ended, and the tables are made of what was measured,
 * before this process ends with the status that the signal gives it (130 after Ctrl-C, 143 after
 * {@code kill}). Thread-safe.
 */
final class Interruption implements AutoCloseable {
  /** Tables of very large runs take seconds; a person who waits longer wants an end. */
  private static final long PATIENCE_SECONDS = 60;

  /** A process that was just being started could not be told yet. */
  private static final long AGAIN_MILLIS = 500;

  private final String command;
  private final PrintStream log;
  private final Set<Long> spared = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "latency-lens-interruption");
  private volatile boolean requested;

  private Interruption(final String command, final PrintStream log) {
    this.command = command;
    this.log = log;
  }

  /**
   * Watches for it from now on.
   *
   * @param command whose run it is
   * @param log is told of it
   */
  static Interruption watch(final String command, final PrintStream log) {
    final Interruption interruption = new Interruption(command, log);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Leaves a child of this process alone: whoever started it ends it. */
  void spare(final long pid) {
    spared.add(pid);
  }

  /** Whether this process was told to end. */
  boolean requested() {
    return requested;
  }

  private void interrupted() {
    if (closed.getCount() == 0) {
      return;
    }
    requested = true;
    log.println(
        command
            + ": interrupted: the round under way ends, and the tables are made of what there is");
    try {
      final long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      do {
        // Their own hooks end their streams, and write down what became of them.
        ProcessHandle.current()
            .descendants()
            .filter(child -> !spared.contains(child.pid()))
            .forEach(ProcessHandle::destroy);
      } while (!closed.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < limit);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All is written: a process that was told to end now does. */
  @Override
  public void close() {
    closed.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (final IllegalStateException e) {
        // It was told to end this very moment; the hook finds nothing left to do.
      }
    }
  }
}
