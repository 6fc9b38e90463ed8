package dev.latencylens.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Extent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OpenLoopTest {
  private static final long MS = 1_000_000;

  /** Not 0: nanoTime starts anywhere, below 0 too. */
  private static final long START = -300 * MS;

  private final VirtualPacer pacer = new VirtualPacer(START);
  private final List<Integer> order = new ArrayList<>();
  private final List<Long> intended = new ArrayList<>();
  private final List<Long> actual = new ArrayList<>();

  private static ArrivalSchedule perSecond(final double rate, final int starts) {
    return ArrivalSchedule.of(new Arrivals.Constant(rate), Extent.starts(starts), 0);
  }

  private final List<Integer> waited = new ArrayList<>();

  private Starter starter(final Starter then) {
    return arrival -> {
      order.add(arrival.index());
      intended.add((arrival.intendedNanos() - START) / MS);
      actual.add((pacer.nanoTime() - START) / MS);
      if (arrival.waitedForPlace()) {
        waited.add(arrival.index());
      }
      return then.start(arrival);
    };
  }

  private RunningLoad run(
      final ArrivalSchedule schedule, final int maxInFlight, final Starter then) {
    final RunningLoad load =
        new RunningLoad(new StartTimes.Scheduled(schedule), maxInFlight, starter(then), pacer);
    load.run();
    return load;
  }

  private static LoadAccount account(final RunningLoad load) {
    assertThat(load.released()).isCompleted();
    return load.released().join();
  }

  @Test
  void startsAtTheIntendedTimesWhateverStreamsTake() {
    final RunningLoad load = run(perSecond(100, 5), 100, arrival -> pacer.streamOf(3_600_000 * MS));

    assertThat(order).containsExactly(0, 1, 2, 3, 4);
    assertThat(actual).containsExactly(0L, 10L, 20L, 30L, 40L);
    assertThat(account(load).met()).isTrue();
    assertThat(account(load).offeredPerSecond()).isEqualTo(100);
    assertThat(load.ended()).isCompleted();
    assertThat(load.inFlight()).isZero();
  }

  @Test
  void lateStartNeverMovesLaterArrivals() {
    final RunningLoad load =
        run(
            perSecond(100, 6),
            100,
            arrival -> {
              if (arrival.index() == 1) {
                pacer.stall(25 * MS);
              }
              return pacer.streamOf(MS);
            });

    assertThat(intended).containsExactly(0L, 10L, 20L, 30L, 40L, 50L);
    assertThat(actual).containsExactly(0L, 10L, 35L, 35L, 40L, 50L);
    final StartErrors errors = account(load).errors();
    assertThat(errors.nanos(2) / MS).isEqualTo(15);
    assertThat(errors.nanos(3) / MS).isEqualTo(5);
    assertThat(errors.nanos(4) / MS).isZero();
    assertThat(errors.waitedForPlace(2)).isFalse();
  }

  @Test
  void arrivalsAboveTheCeilingWaitInOrderAndKeepTheirIntendedTimes() {
    // Every 10 ms one that takes 35 ms, and two places.
    final RunningLoad load = run(perSecond(100, 8), 2, arrival -> pacer.streamOf(35 * MS));

    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(intended).containsExactly(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L);
    assertThat(actual).containsExactly(0L, 10L, 35L, 45L, 70L, 80L, 105L, 115L);
    final LoadAccount account = account(load);
    assertThat(account.started()).isEqualTo(8);
    assertThat(account.waited()).isEqualTo(6);
    assertThat(account.errors().nanos(7) / MS).isEqualTo(45);
    // At 70 ms numbers 4 to 7 are due.
    assertThat(account.longestQueue()).isEqualTo(4);
    assertThat(account.met()).isFalse();
    assertThat(account.offeredPerSecond()).isEqualTo(100);
    // Number 4 starts at 70 ms and number 5 at 80 ms, the window's end.
    assertThat(account.achievedPerSecond(perSecond(100, 8))).isEqualTo(75);
  }

  @Test
  void allThatWaitedStartAtOnceWhenManyPlacesComeFree() {
    final CompletableFuture<String> freeze = new CompletableFuture<>();
    pacer.at(START + 1_400 * MS, () -> freeze.complete("thawed"));
    final RunningLoad load =
        run(
            perSecond(10, 20),
            3,
            arrival -> arrival.index() < 3 ? freeze : pacer.streamOf(MS / 10));

    final LoadAccount account = account(load);
    // Those of 0.3 s to 1.4 s were due while nothing could start.
    assertThat(account.waited()).isEqualTo(12);
    assertThat(account.longestQueue()).isEqualTo(12);
    for (int i = 3; i <= 14; i++) {
      assertThat(account.errors().waitedForPlace(i)).as("arrival %s", i).isTrue();
    }
    assertThat(account.errors().waitedForPlace(15)).isFalse();
    assertThat(account.errors().nanos(15)).isLessThan(MS);
  }

  @Test
  void cancelledLoadTellsWhatWasDueAndWhatWasNotStarted() {
    final RunningLoad load =
        new RunningLoad(
            new StartTimes.Scheduled(perSecond(100, 50)),
            2,
            starter(arrival -> pacer.streamOf(1_000 * MS)),
            pacer);
    pacer.at(START + 105 * MS, load::cancel);
    load.run();

    final LoadAccount account = account(load);
    assertThat(account.planned()).isEqualTo(50);
    assertThat(account.started()).isEqualTo(2);
    assertThat(account.offered()).isEqualTo(11);
    assertThat(account.notStarted()).isEqualTo(48);
    assertThat(account.longestQueue()).isEqualTo(9);
    assertThat(account.measuredNanos()).isEqualTo(105 * MS);
    assertThat(load.ended()).isCompleted();
  }

  @Test
  void starterThatThrowsEndsTheLoadAndLosesNothing() {
    final RunningLoad load =
        run(
            perSecond(100, 5),
            100,
            arrival -> {
              if (arrival.index() == 2) {
                throw new IllegalStateException("broken");
              }
              return pacer.streamOf(50 * MS);
            });

    assertThat(account(load).started()).isEqualTo(2);
    assertThat(account(load).notStarted()).isEqualTo(3);
    assertThat(load.inFlight()).isZero();
    assertThatThrownBy(() -> load.ended().get(0, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .hasMessage("broken");
  }

  @Test
  void streamThatCompletesExceptionallyEndsTheLoad() {
    final RunningLoad load =
        run(
            perSecond(100, 5),
            100,
            arrival ->
                arrival.index() == 2
                    ? CompletableFuture.failedFuture(new IllegalStateException("broken"))
                    : pacer.streamOf(50 * MS));

    assertThat(account(load).started()).isEqualTo(3);
    assertThat(load.inFlight()).isZero();
    assertThat(load.ended()).isCompletedExceptionally();
  }

  @Test
  void streamsThatEndAtOnceDoNotRecurse() {
    final RunningLoad load =
        run(
            ArrivalSchedule.of(new Arrivals.Constant(1_000_000), Extent.starts(100_000), 0),
            1,
            arrival -> CompletableFuture.completedFuture("ended"));

    assertThat(account(load).started()).isEqualTo(100_000);
    assertThat(account(load).waited()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void nothingIsLostAndTheCeilingHoldsWhateverHappens(final long seed) {
    final Random random = new Random(seed);
    final ArrivalSchedule schedule =
        ArrivalSchedule.of(
            new Arrivals.Gamma(50 + random.nextInt(1_000), 0.3), Extent.starts(500), seed);
    final int ceiling = 1 + random.nextInt(20);
    final int[] most = {0};
    final List<RunningLoad> self = new ArrayList<>();
    final RunningLoad load =
        new RunningLoad(
            new StartTimes.Scheduled(schedule),
            ceiling,
            starter(
                arrival -> {
                  most[0] = Math.max(most[0], self.get(0).inFlight());
                  assertThat(arrival.intendedNanos())
                      .isEqualTo(START + schedule.offsetNanos(arrival.index()));
                  if (random.nextInt(20) == 0) {
                    pacer.stall(random.nextInt(20) * MS);
                  }
                  return random.nextInt(10) == 0
                      ? CompletableFuture.completedFuture("refused")
                      : pacer.streamOf(random.nextInt(100) * MS);
                }),
            pacer);
    self.add(load);
    if (random.nextBoolean()) {
      pacer.at(START + random.nextInt(2_000) * MS, load::cancel);
    }
    load.run();

    final LoadAccount account = account(load);
    assertThat(most[0]).isLessThanOrEqualTo(ceiling);
    assertThat(order).hasSize(account.started()).isSorted().doesNotHaveDuplicates();
    assertThat(account.started() + account.notStarted()).isEqualTo(500);
    assertThat(load.inFlight()).isZero();
    for (int i = 0; i < account.started(); i++) {
      assertThat(account.errors().nanos(i)).isNotNegative();
    }
  }

  @Test
  void realThreadStartsAllAndFreesPlacesFromOtherThreads() throws Exception {
    final ArrivalSchedule schedule =
        ArrivalSchedule.of(new Arrivals.Poisson(2_000), Extent.lasting(Duration.ofMillis(200)), 1);
    final List<Integer> started = new ArrayList<>();
    final RunningLoad load =
        OpenLoop.start(
            schedule,
            3,
            arrival -> {
              started.add(arrival.index());
              assertThat(Thread.currentThread().getName()).isEqualTo("latency-lens-open-loop");
              return CompletableFuture.runAsync(Thread::yield);
            });
    final LoadAccount account = load.ended().get(30, TimeUnit.SECONDS);

    assertThat(account.started()).isEqualTo(schedule.size());
    assertThat(started).hasSize(schedule.size()).isSorted();
  }

  @Test
  void cancelWakesALoadThatSleepsForADay() throws Exception {
    final CountDownLatch first = new CountDownLatch(1);
    final RunningLoad load =
        OpenLoop.start(
            ArrivalSchedule.of(new Arrivals.Constant(0.001), Extent.lasting(Duration.ofDays(1)), 0),
            1,
            arrival -> {
              first.countDown();
              return CompletableFuture.completedFuture("ended");
            });
    first.await();
    load.cancel();

    assertThat(load.ended().get(30, TimeUnit.SECONDS).started()).isEqualTo(1);
  }

  @Test
  void emptyScheduleEndsAtOnce() {
    final ArrivalSchedule empty =
        ArrivalSchedule.of(new Arrivals.Poisson(0.001), Extent.lasting(Duration.ofNanos(1)), 1);
    final RunningLoad load = run(empty, 1, arrival -> pacer.streamOf(MS));

    assertThat(account(load).planned()).isZero();
    assertThat(load.ended()).isCompleted();
  }

  @Test
  void ceilingBelowOneIsRefused() {
    assertThatThrownBy(() -> OpenLoop.start(perSecond(1, 1), 0, arrival -> pacer.streamOf(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1 to 100000");
  }
}
