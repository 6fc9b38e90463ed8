package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.stream.StreamRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Watches the error of a client that is being warmed up, on a thread of its own: of the streams
 * that end it compares some with the simulator's ledger, window after window, until the error has
 * stopped falling or patience is over. Thread-safe.
 */
final class WarmUpProbe {
  /** The error of a window: what most of its events keep within. */
  private static final double QUANTILE = 0.9;

  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int STREAMS_A_WINDOW = 8;
  private static final double NANOS_PER_MILLI = 1e6;

  private final LedgerClient ledger;
  private final long longestNanos;
  private final LinkedBlockingQueue<StreamRecord> ended =
      new LinkedBlockingQueue<>(STREAMS_A_WINDOW);
  private final long since = System.nanoTime();
  private volatile long overAt;
  private volatile boolean over;
  private volatile boolean flat;

  private WarmUpProbe(final LedgerClient ledger, final long longestNanos) {
    this.ledger = ledger;
    this.longestNanos = longestNanos;
  }

  /**
   * Begins to watch.
   *
   * @param ledger of the simulator whose streams it will be shown
   * @param longestNanos when it is over at the latest
   */
  static WarmUpProbe start(final LedgerClient ledger, final long longestNanos) {
    final WarmUpProbe probe = new WarmUpProbe(ledger, longestNanos);
    final Thread thread = new Thread(probe::watch, "latency-lens-warm-up");
    thread.setDaemon(true);
    thread.start();
    return probe;
  }

  /** Shows it a stream; it takes as many as it has time for. */
  void ended(final StreamRecord record) {
    final boolean unused = !over && ended.offer(record);
  }

  boolean isOver() {
    return over;
  }

  /** How it went, figures by name. */
  Map<String, Double> figures() {
    return Map.of(
        "warm_up_ms",
        ((over ? overAt : System.nanoTime()) - since) / NANOS_PER_MILLI,
        "warm_up_flat",
        flat ? 1.0 : 0.0);
  }

  private void watch() {
    final Flatness flatness = new Flatness();
    try {
      while (!flat && System.nanoTime() - since < longestNanos) {
        window().ifPresent(flatness::add);
        flat = flatness.isReached();
      }
    } catch (final IOException e) {
      System.err.println("the warm-up can't be watched: " + e.getMessage());
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    overAt = System.nanoTime();
    over = true;
    ended.clear();
  }

  private Optional<Double> window() throws IOException, InterruptedException {
    final long end = System.nanoTime() + WINDOW_NANOS;
    long[] errors = new long[0];
    for (long left = WINDOW_NANOS; left > 0; left = end - System.nanoTime()) {
      final StreamRecord record = ended.poll(left, TimeUnit.NANOSECONDS);
      if (record != null) {
        final long[] more = InstrumentErrors.of(record, ledger);
        final int before = errors.length;
        errors = Arrays.copyOf(errors, before + more.length);
        System.arraycopy(more, 0, errors, before, more.length);
      }
    }
    if (errors.length == 0) {
      return Optional.empty();
    }
    Arrays.sort(errors);
    return Optional.of((double) errors[(int) (QUANTILE * (errors.length - 1))]);
  }
}
