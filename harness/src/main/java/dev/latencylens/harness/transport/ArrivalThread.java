package dev.latencylens.harness.transport;

import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * An I/O thread that carries the stamp of the read under way. The session listener writes it just
 * before the raw read, and the content callback, which runs on the same thread within that read,
 * takes it: no map, no lock, nothing allocated.
 */
final class ArrivalThread extends Thread {
  private long stamp;
  private @Nullable IOSession reading;

  ArrivalThread(final Runnable target, final String name) {
    super(target, name);
    setDaemon(true);
  }

  void inputReady(final IOSession session) {
    stamp = System.nanoTime();
    reading = session;
  }

  void inputOver() {
    reading = null;
  }

  /**
   * The stamp of the read that the calling code runs in.
   *
   * @return the stamp, or the present time where the caller runs outside any read (bytes that were
   *     left over from an earlier one): late, and never early
   */
  static long currentStamp() {
    if (Thread.currentThread() instanceof ArrivalThread thread && thread.reading != null) {
      return thread.stamp;
    }
    return System.nanoTime();
  }
}
