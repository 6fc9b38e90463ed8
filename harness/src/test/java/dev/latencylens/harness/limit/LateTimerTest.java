package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The stamps decide which deadline has passed, and not when the timer came round to look. */
class LateTimerTest extends WatchedInVirtualTime {
  @Test
  void lateTimerDoesNotBlameAStreamWhoseBytesCameInTime() {
    final DeadlineWatch watch = watch();
    watch.onStarted(time.now());
    advanceTo(10);
    // The timer is held up for 390 ms, while the stream goes on.
    watch.onBytes(RELEASE + 150 * MS);
    watch.onFirstContent(RELEASE + 150 * MS);
    watch.onBytes(RELEASE + 340 * MS);
    time.stall(390 * MS);
    advanceTo(539);
    assertThat(expired).isEmpty();
    advanceTo(2000);

    assertThat(expired).containsExactly("540 timeout_idle 200");
  }

  @Test
  void lateTimerDoesNotSpareAStreamWhoseFirstByteCameTooLate() {
    final DeadlineWatch watch = watch(100, 300, 400, 200, 1000);
    watch.onStarted(time.now());
    time.stall(350 * MS);
    watch.onBytes(RELEASE + 301 * MS);
    watch.onFirstContent(RELEASE + 301 * MS);
    advanceTo(351);

    assertThat(expired).containsExactly("350 timeout_first_byte 300");
  }

  @Test
  void lateTimerDoesNotSpareAStreamThatStartedTooLate() {
    final DeadlineWatch watch = watch();
    time.stall(150 * MS);
    watch.onStarted(RELEASE + 101 * MS);
    advanceTo(151);

    assertThat(expired).containsExactly("150 timeout_connect 100");
  }

  @Test
  void lateTimerDoesNotSpareAStreamThatWasIdleForTooLong() {
    final DeadlineWatch watch = watch();
    watch.onStarted(time.now());
    watch.onBytes(RELEASE + 10 * MS);
    watch.onFirstContent(RELEASE + 10 * MS);
    time.stall(290 * MS);
    watch.onBytes(RELEASE + 211 * MS);
    watch.onBytes(RELEASE + 280 * MS);
    advanceTo(291);

    assertThat(expired).containsExactly("290 timeout_idle 200");
  }

  @Test
  void lateTimerReportsTheDeadlineThatPassedFirst() {
    final DeadlineWatch watch = watch();
    watch.onStarted(time.now());
    time.stall(5000 * MS);
    time.advance(1);

    assertThat(expired).containsExactly("5000 timeout_first_byte 300");
  }
}
