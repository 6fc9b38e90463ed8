package dev.latencylens.benchmarks.streaming;

import dev.latencylens.results.run.HistogramLog;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A thread that sleeps for a millisecond at a time and records what it overslept: what held it up
 * (a safepoint, another process, the hypervisor) held the client up too. After the idea of Gil
 * Tene's jHiccup. Thread-safe.
 */
public final class HiccupMeter {
  private static final long SLEEP_NANOS = 1_000_000;

  private final Histogram overslept = HistogramLog.newHistogram();
  private final Thread thread = new Thread(this::run, "latency-lens-hiccups");
  private volatile boolean over;

  private HiccupMeter() {}

  /**
   * Starts one.
   *
   * @return the meter, to be stopped by the caller
   */
  public static HiccupMeter start() {
    final HiccupMeter meter = new HiccupMeter();
    meter.thread.setDaemon(true);
    meter.thread.start();
    return meter;
  }

  private void run() {
    long before = System.nanoTime();
    while (!over) {
      LockSupport.parkNanos(SLEEP_NANOS);
      final long now = System.nanoTime();
      overslept.recordValue(Math.max(0, now - before - SLEEP_NANOS));
      before = now;
    }
  }

  /**
   * Ends it.
   *
   * @return nanoseconds overslept, one value for each sleep
   * @throws InterruptedException if the thread is interrupted
   */
  public Histogram stop() throws InterruptedException {
    over = true;
    thread.join();
    return overslept;
  }
}
