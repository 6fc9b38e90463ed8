package dev.latencylens.benchmarks.doctor;

import java.util.Locale;

/**
 * How fine {@link System#nanoTime()} is on this machine: the smallest step that it made, and what a
 * call takes.
 *
 * @param stepNanos the smallest difference of two readings that differed
 * @param callNanos the mean time of a call
 */
record ClockResolution(long stepNanos, double callNanos) {
  private static final int CALLS = 200_000;

  /** Coarser than this, gaps of fast models would be told apart no more. */
  private static final long COARSE_NANOS = 50_000;

  static ClockResolution measure() {
    long step = Long.MAX_VALUE;
    final long start = System.nanoTime();
    long before = start;
    for (int i = 0; i < CALLS; i++) {
      final long now = System.nanoTime();
      if (now > before) {
        step = Math.min(step, now - before);
      }
      before = now;
    }
    return new ClockResolution(step, (double) (before - start) / CALLS);
  }

  Finding finding() {
    final String found =
        String.format(Locale.ROOT, "steps of %d ns, %.0f ns a call", stepNanos, callNanos);
    return stepNanos <= COARSE_NANOS
        ? Finding.pass("clock", found)
        : new Finding(
            State.LOOK,
            "clock",
            found,
            "the system's clock source is a coarse one; under Linux"
                + " /sys/devices/system/clocksource/clocksource0 says which there are");
  }
}
