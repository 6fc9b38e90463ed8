package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What threads that ask, cancel and end at the same moment can do to an admission. */
@Timeout(60)
class AdmissionRaceTest {
  private final ManualScheduler time = new ManualScheduler(0);
  private final Admission admission = new Admission(time::now, time);

  private static Limits inFlight(final int most) {
    return new Limits(
        OptionalDouble.empty(),
        1,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalInt.of(most));
  }

  @Test
  void noPlaceIsLostWhereManyThreadsAskCancelAndEnd() throws Exception {
    final ExecutorService threads = Executors.newFixedThreadPool(4);
    final var timer = Executors.newSingleThreadScheduledExecutor();
    try {
      final Admission real = new Admission(System::nanoTime, timer);
      final Gate gate = real.gate("run", inFlight(3));
      final RateLimiter limiter = real.limiter(List.of(gate));
      final AtomicInteger inFlight = new AtomicInteger();
      final AtomicInteger most = new AtomicInteger();
      final List<CompletableFuture<Void>> done = new ArrayList<>();
      for (int i = 0; i < 4_000; i++) {
        final boolean cancel = i % 3 == 0;
        final CompletableFuture<Void> end = new CompletableFuture<>();
        done.add(end);
        threads.execute(
            () -> {
              final CompletableFuture<Release> release = limiter.acquire(5);
              if (cancel && release.cancel(false)) {
                end.complete(null);
                return;
              }
              final CompletableFuture<Void> unused =
                  release.thenAcceptAsync(
                      leave -> {
                        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                        inFlight.decrementAndGet();
                        leave.end(OptionalLong.empty());
                        end.complete(null);
                      },
                      threads);
            });
      }
      CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);

      assertThat(most.get()).isBetween(1, 3);
      for (int i = 0; i < 3; i++) {
        assertThat(limiter.acquire(1)).isCompleted();
      }
      assertThat(limiter.acquire(1)).isNotDone();
    } finally {
      threads.shutdownNow();
      timer.shutdownNow();
    }
  }

  @Test
  void requestCancelledInTheMomentOfItsReleaseGivesItsPlaceBack() throws Exception {
    final RateLimiter limiter = admission.limiter(List.of(admission.gate("run", inFlight(1))));
    final AtomicInteger turn = new AtomicInteger();
    final AtomicReference<CompletableFuture<Release>> cancelled =
        new AtomicReference<>(new CompletableFuture<>());
    final int turns = 30_000;
    final Thread canceller =
        new Thread(
            () -> {
              for (int i = 1; i <= turns; i++) {
                while (turn.get() != 2 * i - 1) {
                  Thread.onSpinWait();
                }
                // Each turn a little later against the release.
                for (int spin = i % 100; spin > 0; spin--) {
                  Thread.onSpinWait();
                }
                Objects.requireNonNull(cancelled.get()).cancel(false);
                turn.incrementAndGet();
              }
            });
    canceller.setDaemon(true);
    canceller.start();
    for (int i = 1; i <= turns; i++) {
      final CompletableFuture<Release> first = limiter.acquire(1);
      assertThat(first).isCompleted();
      final CompletableFuture<Release> second = limiter.acquire(1);
      cancelled.set(second);
      turn.incrementAndGet();
      first.join().end(OptionalLong.empty());
      while (turn.get() != 2 * i) {
        Thread.onSpinWait();
      }
      if (!second.isCancelled()) {
        second.join().end(OptionalLong.empty());
      }
    }
    canceller.join();
  }
}
