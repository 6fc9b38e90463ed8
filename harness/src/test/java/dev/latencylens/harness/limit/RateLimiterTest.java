package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.LimitSettings;
import dev.latencylens.harness.config.Limits;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
  private static final double SECOND = 1e9;

  /** Not 0: nanoTime starts anywhere, below 0 too. */
  private static final long START = -5_000_000_000L;

  private static RateLimiter limiter(
      final double rate, final int burst, final ManualScheduler time) {
    return limiter(new Limits(OptionalDouble.of(rate), burst), time::now, time);
  }

  private static Predicate<Release> at(final long nanos) {
    return release -> release.nanos() == nanos;
  }

  /** Keeps what was released, in the order of the releases. */
  private static final class Releases {
    final List<Long> stamps = new ArrayList<>();
    final List<Integer> callers = new ArrayList<>();

    void acquire(final RateLimiter limiter, final int caller) {
      final CompletableFuture<Void> kept =
          limiter
              .acquire(1)
              .thenAccept(
                  release -> {
                    stamps.add(release.nanos());
                    callers.add(caller);
                  });
      assertThat(kept).isNotCompletedExceptionally();
    }

    void assertWithin(final double rate, final int burst) {
      for (int from = 0; from < stamps.size(); from++) {
        // Beyond the burst it is enough to look at windows that end with a release.
        for (int to = from; to < stamps.size(); to++) {
          final double allowed = burst + rate * (stamps.get(to) - stamps.get(from)) / SECOND;
          assertThat((double) (to - from + 1)).isLessThanOrEqualTo(allowed + 1e-6);
        }
      }
    }
  }

  @Test
  void burstIsReleasedAtOnceAndTheNextOneWhenTheRateAllows() {
    final ManualScheduler time = new ManualScheduler(START);
    final RateLimiter limiter = limiter(10, 2, time);
    final Releases releases = new Releases();
    for (int i = 0; i < 4; i++) {
      releases.acquire(limiter, i);
    }

    assertThat(releases.stamps).containsExactly(START, START);
    time.advance(99_999_999);
    assertThat(releases.stamps).hasSize(2);
    time.advance(1);
    assertThat(releases.stamps).hasSize(3).last().isEqualTo(START + 100_000_000);
    time.advance(100_000_000);
    assertThat(releases.stamps).hasSize(4).last().isEqualTo(START + 200_000_000);
  }

  @Test
  void ratesBelowOneRequestPerSecondAreKept() {
    final ManualScheduler time = new ManualScheduler(START);
    final RateLimiter limiter = limiter(0.5, 1, time);
    final Releases releases = new Releases();
    for (int i = 0; i < 3; i++) {
      releases.acquire(limiter, i);
    }
    time.advance(4_000_000_000L);

    assertThat(releases.stamps)
        .containsExactly(START, START + 2_000_000_000L, START + 4_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noWindowHoldsMoreThanTheBucketAllowsHoweverLateTheTimerIs(final long seed) {
    final Random random = new Random(seed);
    final double rate = Math.pow(10, random.nextDouble() * 5 - 1);
    final int burst = 1 + random.nextInt(20);
    final long period = (long) (SECOND / rate);
    final ManualScheduler time =
        new ManualScheduler(
            START, () -> random.nextInt(4) == 0 ? (long) (random.nextDouble() * 5 * period) : 0);
    final RateLimiter limiter = limiter(rate, burst, time);
    final Releases releases = new Releases();
    for (int i = 0; i < 400; i++) {
      if (random.nextInt(10) == 0) {
        time.advance((long) (random.nextDouble() * 30 * period));
      }
      releases.acquire(limiter, i);
    }
    while (time.runNext()) {}

    assertThat(releases.callers).hasSize(400).isSorted();
    releases.assertWithin(rate, burst);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "3, 1", "7.3, 2", "10, 20", "333, 34", "30000, 1", "1000000, 100000"})
  void saturatedLimiterYieldsAtLeast99PercentOfItsRate(final double rate, final int burst) {
    final ManualScheduler time = new ManualScheduler(START);
    final RateLimiter limiter = limiter(rate, burst, time);
    final Releases releases = new Releases();
    final int count = 2_000;
    for (int i = 0; i < burst + count; i++) {
      releases.acquire(limiter, i);
    }
    while (time.runNext()) {}

    final long last = releases.stamps.get(releases.stamps.size() - 1);
    final double achieved = count / ((last - START) / SECOND);
    assertThat(achieved).isBetween(0.99 * rate, rate * (1 + 1e-9));
  }

  @Test
  void defaultBurstAbsorbsLateTimersAtHighRates() {
    final Random random = new Random(1);
    // Up to 2 ms late, which is twice the time between two releases.
    final ManualScheduler time = new ManualScheduler(START, () -> random.nextInt(2_000_000));
    final Limits limits = Limits.perSecond(1_000);
    final RateLimiter limiter = limiter(limits, time::now, time);
    final Releases releases = new Releases();
    final int count = 5_000;
    for (int i = 0; i < limits.burst() + count; i++) {
      releases.acquire(limiter, i);
    }
    while (time.runNext()) {}

    final long last = releases.stamps.get(releases.stamps.size() - 1);
    assertThat(count / ((last - START) / SECOND)).isGreaterThan(990);
  }

  @Test
  void thousandsOfWaitersNeedOneTimer() {
    final ManualScheduler time = new ManualScheduler(START);
    final RateLimiter limiter = limiter(10, 1, time);
    for (int i = 0; i < 5_000; i++) {
      assertThat(limiter.acquire(1)).isNotNull();
      assertThat(time.pending()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void cancelledWaiterCostsNothing() {
    final ManualScheduler time = new ManualScheduler(START);
    final RateLimiter limiter = limiter(10, 1, time);
    assertThat(limiter.acquire(1)).isCompletedWithValueMatching(at(START));
    final CompletableFuture<Release> givenUp = limiter.acquire(1);
    final CompletableFuture<Release> next = limiter.acquire(1);
    givenUp.cancel(false);
    time.advance(100_000_000);

    assertThat(next).isCompletedWithValueMatching(at(START + 100_000_000));
  }

  @Test
  void dependentsThatAskAgainDoNotRecurse() {
    final int burst = 50_000;
    final ManualScheduler time = new ManualScheduler(START);
    final RateLimiter limiter = limiter(1_000_000, burst, time);
    for (int i = 0; i < burst; i++) {
      assertThat(limiter.acquire(1)).isCompleted();
    }
    final AtomicInteger released = new AtomicInteger();
    askAgainAtRelease(limiter, released);
    // The bucket is full when the timer comes at last, and one look releases the whole chain.
    time.stall(1_000_000_000L);
    assertThat(time.runNext()).isTrue();

    assertThat(released).hasValue(burst);
  }

  private static void askAgainAtRelease(final RateLimiter limiter, final AtomicInteger released) {
    final CompletableFuture<Release> release = limiter.acquire(1);
    assertThat(release).isNotDone();
    final CompletableFuture<Void> next =
        release.thenRun(
            () -> {
              released.incrementAndGet();
              askAgainAtRelease(limiter, released);
            });
    assertThat(next).isNotDone();
  }

  @Test
  void waitersAreToldWhenTheTimerIsShutDown() {
    final ManualScheduler time = new ManualScheduler(START);
    final RateLimiter limiter = limiter(10, 1, time);
    assertThat(limiter.acquire(1)).isCompleted();
    time.shutdown();

    assertThat(limiter.acquire(1))
        .failsWithin(0, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  @Timeout(60)
  void releasesToManyThreadsStayWithinTheLimitAndNoneIsLost() throws Exception {
    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      final int threads = 8;
      final int each = 250;
      final double rate = 20_000;
      final int burst = 50;
      final RateLimiter limiter =
          limiter(new Limits(OptionalDouble.of(rate), burst), System::nanoTime, timer);
      final List<CompletableFuture<Release>> futures = new ArrayList<>();
      final CountDownLatch go = new CountDownLatch(1);
      final List<Thread> askers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        final Thread asker =
            new Thread(
                () -> {
                  try {
                    go.await();
                  } catch (final InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                  }
                  for (int i = 0; i < each; i++) {
                    final CompletableFuture<Release> release = limiter.acquire(1);
                    synchronized (futures) {
                      futures.add(release);
                    }
                  }
                });
        asker.start();
        askers.add(asker);
      }
      go.countDown();
      for (final Thread asker : askers) {
        asker.join();
      }
      final Releases releases = new Releases();
      for (final CompletableFuture<Release> future : futures) {
        releases.stamps.add(future.get(30, TimeUnit.SECONDS).nanos());
      }
      releases.stamps.sort(null);

      assertThat(releases.stamps).hasSize(threads * each);
      releases.assertWithin(rate, burst);
    } finally {
      timer.shutdownNow();
    }
  }

  @Test
  void withoutALimitAllIsReleasedAtOnce() {
    final ManualScheduler time = new ManualScheduler(START);
    final RateLimiter limiter = limiter(Limits.NONE, time::now, time);
    for (int i = 0; i < 100; i++) {
      assertThat(limiter.acquire(1)).isCompletedWithValueMatching(at(START));
    }
    assertThat(time.scheduled()).isZero();
  }

  private static RateLimiter limiter(
      final Limits limits, final LongSupplier clock, final ScheduledExecutorService timer) {
    return TargetLimiter.of(
        List.of(new LimitSettings.Named("target", limits)),
        Map.of(),
        clock,
        Clock.systemUTC(),
        timer);
  }
}
