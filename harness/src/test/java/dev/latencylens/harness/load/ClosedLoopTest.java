package dev.latencylens.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClosedLoopTest {
  private static final long MS = 1_000_000;

  @Test
  void nextStartsWhenOneEndsAndTheNumberInFlightHolds() {
    final VirtualPacer pacer = new VirtualPacer(0);
    final List<Long> starts = new ArrayList<>();
    final RunningLoad load =
        new RunningLoad(
            new StartTimes.AsPlacesFree(6),
            2,
            arrival -> {
              assertThat(arrival.intendedNanos()).isEqualTo(pacer.nanoTime());
              starts.add(arrival.intendedNanos() / MS);
              return pacer.streamOf((arrival.index() == 0 ? 30 : 10) * MS);
            },
            pacer);
    load.run();

    assertThat(starts).containsExactly(0L, 0L, 10L, 20L, 30L, 30L);
    final LoadAccount account = load.ended().join();
    assertThat(account.started()).isEqualTo(6);
    assertThat(account.met()).isTrue();
    assertThat(account.longestQueue()).isZero();
  }

  @Test
  void twoThousandStreamsInFlightAreStartedByOneThread() throws Exception {
    final int streams = 2_000;
    final Queue<CompletableFuture<String>> open = new ConcurrentLinkedQueue<>();
    final CountDownLatch full = new CountDownLatch(streams);
    final Set<Thread> starters = new HashSet<>();
    final RunningLoad load =
        ClosedLoop.start(
            10_000,
            streams,
            arrival -> {
              starters.add(Thread.currentThread());
              final CompletableFuture<String> stream = new CompletableFuture<>();
              open.add(stream);
              full.countDown();
              return stream;
            });
    full.await();
    assertThat(load.inFlight()).isEqualTo(streams);
    while (!load.released().isDone() || !open.isEmpty()) {
      final CompletableFuture<String> next = open.poll();
      if (next == null) {
        Thread.onSpinWait();
      } else {
        assertThat(load.inFlight()).isLessThanOrEqualTo(streams);
        next.complete("ended");
      }
    }

    assertThat(load.ended().get(30, TimeUnit.SECONDS).started()).isEqualTo(10_000);
    assertThat(starters).hasSize(1);
  }

  @Test
  void cancelledLoadStartsNothingMore() {
    final VirtualPacer pacer = new VirtualPacer(0);
    final Queue<Integer> started = new ArrayDeque<>();
    final RunningLoad load =
        new RunningLoad(
            new StartTimes.AsPlacesFree(100),
            1,
            arrival -> {
              started.add(arrival.index());
              return pacer.streamOf(10 * MS);
            },
            pacer);
    pacer.at(35 * MS, load::cancel);
    load.run();

    final LoadAccount account = load.ended().join();
    assertThat(started).hasSize(4);
    assertThat(account.started()).isEqualTo(4);
    assertThat(account.offered()).isEqualTo(4);
    assertThat(account.notStarted()).isEqualTo(96);
  }

  @Test
  void countOutOfRangeIsRefused() {
    assertThatThrownBy(
            () -> ClosedLoop.start(-1, 1, arrival -> CompletableFuture.completedFuture("")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
