package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.stream.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineWatchTest extends WatchedInVirtualTime {
  @Test
  void connectDeadlineRunsFromTheRelease() {
    watch();
    advanceTo(2000);

    assertThat(expired).containsExactly("100 timeout_connect 100");
  }

  @Test
  void firstByteDeadlineRunsFromTheActualStart() {
    final DeadlineWatch watch = watch();
    advanceTo(60);
    watch.onStarted(time.now());
    advanceTo(2000);

    assertThat(expired).containsExactly("360 timeout_first_byte 300");
  }

  @Test
  void firstTokenDeadlineStandsWhileBytesWithoutContentCome() {
    final DeadlineWatch watch = watch();
    watch.onStarted(time.now());
    for (int ms = 50; ms <= 2000; ms += 50) {
      advanceTo(ms);
      watch.onBytes(time.now());
    }

    assertThat(expired).containsExactly("400 timeout_first_token 400");
  }

  @Test
  void idleDeadlineRunsFromTheLastByte() {
    final DeadlineWatch watch = watch();
    watch.onStarted(time.now());
    advanceTo(30);
    watch.onBytes(time.now());
    watch.onFirstContent(time.now());
    advanceTo(170);
    watch.onBytes(time.now());
    advanceTo(2000);

    assertThat(expired).containsExactly("370 timeout_idle 200");
  }

  @Test
  void idleDeadlineDoesNotRunBeforeTheFirstByte() {
    final DeadlineWatch watch = watch(100, 300, 400, 10, 1000);
    watch.onStarted(time.now());
    advanceTo(299);
    assertThat(expired).isEmpty();
    watch.onBytes(time.now());
    advanceTo(2000);

    assertThat(expired).containsExactly("309 timeout_idle 10");
  }

  @Test
  void totalDeadlineEndsAStreamThatNeverStops() {
    final DeadlineWatch watch = watch();
    watch.onStarted(time.now());
    for (int ms = 50; ms <= 2000; ms += 50) {
      advanceTo(ms);
      watch.onBytes(time.now());
      watch.onFirstContent(RELEASE + 50 * MS);
    }

    assertThat(expired).containsExactly("1000 timeout_total 1000");
  }

  @Test
  void earliestDueDeadlineWinsWhateverTheirUsualOrder() {
    final DeadlineWatch watch = watch(100, 300, 40, 200, 1000);
    watch.onStarted(time.now());
    advanceTo(2000);

    assertThat(expired).containsExactly("40 timeout_first_token 40");
  }

  @Test
  void totalShorterThanTheOthersWins() {
    final DeadlineWatch watch = watch(100, 300, 400, 200, 20);
    advanceTo(90);
    watch.onStarted(time.now());
    advanceTo(2000);

    assertThat(expired).containsExactly("110 timeout_total 20");
  }

  @Test
  void streamThatMeetsAllDeadlinesIsLeftAloneAndCloseLeavesNoTimer() {
    final DeadlineWatch watch = watch();
    advanceTo(99);
    watch.onStarted(time.now());
    advanceTo(99 + 299);
    watch.onBytes(time.now());
    advanceTo(99 + 399);
    watch.onBytes(time.now());
    watch.onFirstContent(time.now());
    advanceTo(99 + 598);
    watch.onBytes(time.now());
    advanceTo(99 + 797);
    watch.onBytes(time.now());
    advanceTo(99 + 996);
    watch.close();
    watch.close();

    assertThat(time.pending()).isZero();
    advanceTo(5000);
    assertThat(expired).isEmpty();
  }

  @Test
  void eventExactlyAtItsDeadlineIsInTime() {
    final DeadlineWatch watch = watch();
    watch.onStarted(RELEASE + 100 * MS);
    time.stall(100 * MS);
    advanceTo(250);
    watch.onBytes(RELEASE + 400 * MS);
    watch.onFirstContent(RELEASE + 500 * MS);
    watch.onBytes(RELEASE + 600 * MS);
    advanceTo(790);

    assertThat(expired).isEmpty();
  }

  @Test
  void thereIsOneTimerAtMostAndEventsDoNotTouchIt() {
    final DeadlineWatch watch = watch(100, 300, 400, 200, 10_000);
    watch.onStarted(time.now());
    for (int ms = 1; ms <= 5000; ms++) {
      advanceTo(ms);
      watch.onBytes(time.now());
      watch.onFirstContent(RELEASE + MS);
      assertThat(time.pending()).isOne();
    }

    assertThat(expired).isEmpty();
    // Once an idle period, where rescheduling for each event would have been 5000.
    assertThat(time.scheduled()).isLessThan(40);
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 100})
  void streamThatEndsWhileTheTimerLooksIsNeitherBlamedNorLookedAtAgain(final int lookAtMs) {
    final AtomicReference<DeadlineWatch> closedByTheLook = new AtomicReference<>();
    final DeadlineWatch watch =
        DeadlineWatch.start(
            Deadlines.DEFAULT,
            () -> {
              // The look reads the clock first: the stream ends just then.
              Optional.ofNullable(closedByTheLook.get()).ifPresent(DeadlineWatch::close);
              return RELEASE + lookAtMs * Deadlines.DEFAULT.connect().toNanos() / 100;
            },
            time,
            RELEASE,
            (timeout, limitNanos) -> expired.add(timeout.wireName()));
    closedByTheLook.set(watch);
    assertThat(time.runNext()).isTrue();

    assertThat(expired).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void closeInsideTheReportIsHarmless() {
    final List<Outcome> outcomes = new ArrayList<>();
    final List<DeadlineWatch> self = new ArrayList<>();
    self.add(
        DeadlineWatch.start(
            Deadlines.DEFAULT,
            time::now,
            time,
            RELEASE,
            (timeout, limitNanos) -> {
              outcomes.add(timeout);
              self.get(0).close();
            }));
    time.advance(Duration.ofMinutes(5).toNanos());

    assertThat(outcomes).containsExactly(Outcome.TIMEOUT_CONNECT);
    assertThat(time.pending()).isZero();
  }

  @Test
  void releaseLongAgoExpiresAtOnce() {
    time.stall(500 * MS);
    watch();
    time.advance(1);

    assertThat(expired).containsExactly("500 timeout_connect 100");
  }

  @Test
  void timerThatIsShutDownIsRefusedAtTheStart() {
    time.shutdown();

    assertThatThrownBy(this::watch).isInstanceOf(RejectedExecutionException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void randomStreamsEndWithTheDeadlineThatTheirStampsSayAndOnTime(final long seed) {
    for (int i = 0; i < 200; i++) {
      new RandomStream(seed * 1_000 + i).check();
    }
  }
}
