package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.stream.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadlineWatchRaceTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Deadlines.LONGEST;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2);

  DeadlineWatchRaceTest() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void closeAgainstExpiryReportsOnceAtMostNeverAfterCloseAndLeavesNoTimer() throws Exception {
    final AtomicInteger reports = new AtomicInteger();
    final AtomicInteger twice = new AtomicInteger();
    final Deadlines deadlines = new Deadlines(SHORT, SHORT, SHORT, SHORT, SHORT);
    for (int i = 0; i < 500; i++) {
      final AtomicInteger own = new AtomicInteger();
      final DeadlineWatch watch =
          DeadlineWatch.start(
              deadlines,
              System::nanoTime,
              timer,
              System.nanoTime(),
              (timeout, limitNanos) -> {
                reports.incrementAndGet();
                if (own.incrementAndGet() > 1) {
                  twice.incrementAndGet();
                }
              });
      // Around the millisecond at which it expires.
      LockSupport.parkNanos(900_000 + (i % 20) * 10_000);
      watch.close();
    }
    timer.shutdown();

    assertThat(timer.getQueue()).isEmpty();
    assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(twice).hasValue(0);
    assertThat(reports.get()).isBetween(0, 500);
  }

  @Test
  void streamThatKeepsSendingIsNotBlamedHoweverTheLooksFallBetweenItsStamps() {
    final AtomicReference<Outcome> blamed = new AtomicReference<>();
    // The stream owns the clock: each step is shorter than the idle deadline, two are longer.
    final AtomicLong clock = new AtomicLong();
    final long stepNanos = SHORT.toNanos() * 6 / 10;
    final DeadlineWatch watch =
        DeadlineWatch.start(
            new Deadlines(LONG, LONG, LONG, SHORT, LONG),
            clock::get,
            timer,
            0,
            (timeout, limitNanos) -> blamed.set(timeout));
    watch.onStarted(0);
    watch.onBytes(0);
    watch.onFirstContent(0);
    final long looksBefore = timer.getCompletedTaskCount();
    while (timer.getCompletedTaskCount() < looksBefore + 200
        && clock.get() < LONG.toNanos() / 2
        && blamed.get() == null) {
      for (int i = 0; i < 1_000; i++) {
        watch.onBytes(clock.addAndGet(stepNanos));
      }
    }
    watch.close();

    assertThat(blamed).hasNullValue();
    assertThat(timer.getQueue()).isEmpty();
  }

  @Test
  void reportIsMadeOutsideOfTheWatchSoThatTheStreamMayHoldItsOwnLock() throws Exception {
    final Object lock = new Object();
    final CountDownLatch reporting = new CountDownLatch(1);
    final CountDownLatch reported = new CountDownLatch(1);
    final DeadlineWatch watch =
        DeadlineWatch.start(
            new Deadlines(SHORT, LONG, LONG, LONG, LONG),
            System::nanoTime,
            timer,
            System.nanoTime(),
            (timeout, limitNanos) -> {
              reporting.countDown();
              synchronized (lock) {
                reported.countDown();
              }
            });
    synchronized (lock) {
      assertThat(reporting.await(10, TimeUnit.SECONDS)).isTrue();
      // The timer's thread wants our lock by now; if it held the watch's, this would never return.
      watch.close();
    }

    assertThat(reported.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
