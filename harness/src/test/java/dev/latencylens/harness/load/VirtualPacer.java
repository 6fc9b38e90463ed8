package dev.latencylens.harness.load;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Time that the test owns: it passes only while the load's thread waits, or is made to pass. */
final class VirtualPacer implements Pacer {
  private record Event(long atNanos, long number, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
  private long nowNanos;
  private long numbers;
  private boolean permit;

  VirtualPacer(final long startNanos) {
    nowNanos = startNanos;
  }

  /** Something happens on another thread, at a time or as soon as the load's thread waits. */
  void at(final long nanos, final Runnable action) {
    events.add(new Event(nanos, numbers++, action));
  }

  /** A stream that ends so much later. */
  CompletableFuture<String> streamOf(final long nanos) {
    final CompletableFuture<String> end = new CompletableFuture<>();
    at(nowNanos + nanos, () -> end.complete("ended"));
    return end;
  }

  /** The load's thread is held up. */
  void stall(final long nanos) {
    nowNanos += nanos;
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public void park() {
    if (events.isEmpty() && !permit) {
      throw new AssertionError("the load waits for good");
    }
    park(Long.MAX_VALUE - Math.max(0, nowNanos));
  }

  @Override
  public void park(final long nanos) {
    final long end = nowNanos + nanos;
    while (!permit && !events.isEmpty() && events.peek().atNanos() <= end) {
      final Event event = events.remove();
      nowNanos = Math.max(nowNanos, event.atNanos());
      event.action().run();
    }
    if (!permit) {
      nowNanos = end;
    }
    permit = false;
  }

  @Override
  public void spin() {
    nowNanos += 1_000;
  }

  @Override
  public void wake() {
    permit = true;
  }
}
