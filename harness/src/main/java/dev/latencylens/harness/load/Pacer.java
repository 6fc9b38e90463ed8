package dev.latencylens.harness.load;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The clock of a load and the waiting of its thread, so that a test can own time. */
interface Pacer {
  /** The time, as of {@link System#nanoTime()}. */
  long nanoTime();

  /** Waits until woken, or for no reason at all. A wake that came before counts. */
  void park();

  /** The same, for so many nanoseconds at most. */
  void park(long nanos);

  /** A moment of waiting without giving up the processor. */
  void spin();

  /** Ends the wait under way or, if there is none, the next one. From any thread. */
  void wake();

  /** The pacer of a real load: its waits are those of the thread that calls them. */
  final class OfThread implements Pacer {
    private volatile @Nullable Thread waiter;

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void park() {
      beforeWait();
      LockSupport.park(this);
    }

    @Override
    public void park(final long nanos) {
      beforeWait();
      LockSupport.parkNanos(this, nanos);
    }

    @Override
    public void spin() {
      Thread.onSpinWait();
    }

    @Override
    public void wake() {
      // Null before the first wait: whoever waits looks at what it waits for once more after this.
      LockSupport.unpark(waiter);
    }

    private void beforeWait() {
      if (waiter == null) {
        waiter = Thread.currentThread();
        // A wake may just have found no waiter: let the caller look again.
        LockSupport.unpark(waiter);
      }
      // An interrupt that a starter left behind would turn every wait into a spin.
      Thread.interrupted();
    }
  }
}
