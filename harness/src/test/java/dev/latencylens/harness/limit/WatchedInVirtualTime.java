package dev.latencylens.harness.limit;

import dev.latencylens.harness.config.Deadlines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A watched stream whose time the test owns, and what was reported of it. */
abstract class WatchedInVirtualTime {
  static final long MS = 1_000_000;

  /** Below 0 and about to cross it, as a nanoTime may be. */
  static final long RELEASE = -50 * MS;

  final ManualScheduler time = new ManualScheduler(RELEASE);
  final List<String> expired = new ArrayList<>();

  /** In the order of the record, in milliseconds. */
  DeadlineWatch watch(
      final long connect,
      final long firstByte,
      final long firstToken,
      final long idle,
      final long total) {
    return DeadlineWatch.start(
        new Deadlines(
            Duration.ofMillis(connect),
            Duration.ofMillis(firstByte),
            Duration.ofMillis(firstToken),
            Duration.ofMillis(idle),
            Duration.ofMillis(total)),
        time::now,
        time,
        RELEASE,
        (timeout, limitNanos) ->
            expired.add(at() + " " + timeout.wireName() + " " + limitNanos / MS));
  }

  DeadlineWatch watch() {
    return watch(100, 300, 400, 200, 1000);
  }

  long at() {
    return (time.now() - RELEASE) / MS;
  }

  void advanceTo(final long ms) {
    time.advance((ms - at()) * MS);
  }
}
