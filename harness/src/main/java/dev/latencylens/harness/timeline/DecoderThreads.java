package dev.latencylens.harness.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that decode bodies off the I/O threads. Each stream stays on one of them, so that its
 * segments are decoded in order without a lock. Thread-safe.
 */
public final class DecoderThreads implements AutoCloseable {
  private final List<ExecutorService> threads = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /**
   * Starts the threads.
   *
   * @param count how many, from 1
   */
  public DecoderThreads(final int count) {
    for (int i = 0; i < count; i++) {
      final String name = "latency-lens-decoder-" + i;
      threads.add(
          new ThreadPoolExecutor(
              1,
              1,
              0,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              task -> {
                final Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
              },
              // A stream that ends while the harness closes still gets its record.
              (task, closed) -> task.run()));
    }
  }

  /**
   * Picks the thread for a new stream.
   *
   * @return runs what it is given in order
   */
  public Executor forNextStream() {
    return threads.get(Math.floorMod(next.getAndIncrement(), threads.size()));
  }

  /** Ends the threads once they have done what they were given; later tasks run at the caller. */
  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdown);
  }
}
