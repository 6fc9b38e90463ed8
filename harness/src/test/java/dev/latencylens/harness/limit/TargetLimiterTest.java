package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.LimitSettings;
import dev.latencylens.harness.config.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TargetLimiterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant THEN = Instant.parse("2026-11-23T12:00:00Z");
  private static final Limits TEN_A_SECOND = new Limits(OptionalDouble.of(10), 5);

  private final ManualScheduler time = new ManualScheduler(-7 * SECOND);

  private TargetLimiter limiter(
      final Limits limits, final Map<String, GateLevel> carried, final Instant now) {
    return TargetLimiter.of(
        List.of(new LimitSettings.Named("target t", limits)),
        carried,
        time::now,
        Clock.fixed(now, ZoneOffset.UTC),
        time);
  }

  private static int releasedAtOnce(final TargetLimiter limiter, final int asked) {
    int released = 0;
    for (int i = 0; i < asked; i++) {
      released += limiter.acquire(1).isDone() ? 1 : 0;
    }
    return released;
  }

  @Test
  void theNextProcessHasNoFreshBurst() {
    final TargetLimiter first = limiter(TEN_A_SECOND, Map.of(), THEN);
    assertThat(releasedAtOnce(first, 10)).isEqualTo(5);

    final TargetLimiter next = limiter(TEN_A_SECOND, first.levels(), THEN);
    assertThat(releasedAtOnce(next, 10)).isZero();
  }

  @Test
  void timeBetweenTheProcessesFillsTheBuckets() {
    final TargetLimiter first = limiter(TEN_A_SECOND, Map.of(), THEN);
    releasedAtOnce(first, 5);

    final TargetLimiter next = limiter(TEN_A_SECOND, first.levels(), THEN.plusMillis(320));
    assertThat(releasedAtOnce(next, 10)).isEqualTo(3);
    final TargetLimiter later = limiter(TEN_A_SECOND, first.levels(), THEN.plusSeconds(60));
    assertThat(releasedAtOnce(later, 10)).isEqualTo(5);
  }

  @Test
  void aClockThatWasSetBackFillsNothing() {
    final TargetLimiter first = limiter(TEN_A_SECOND, Map.of(), THEN);
    releasedAtOnce(first, 3);

    final TargetLimiter next = limiter(TEN_A_SECOND, first.levels(), THEN.minusSeconds(3600));
    assertThat(releasedAtOnce(next, 10)).isEqualTo(2);
  }

  @Test
  void aDebtOfTokensIsCarriedOn() {
    final Limits tokens =
        new Limits(
            OptionalDouble.empty(),
            1,
            OptionalLong.empty(),
            OptionalLong.of(60_000),
            OptionalInt.empty());
    final TargetLimiter first = limiter(tokens, Map.of(), THEN);
    assertThat(first.acquire(2_000)).isDone();

    final TargetLimiter next = limiter(tokens, first.levels(), THEN);
    final CompletableFuture<Release> waiting = next.acquire(1);
    time.advance(SECOND);
    assertThat(waiting).isNotDone();
    time.advance(SECOND);
    assertThat(waiting).isDone();
  }

  @Test
  void aPauseThatTheServiceAskedForGoesOn() {
    final TargetLimiter first = limiter(Limits.NONE, Map.of(), THEN);
    first.pause(Duration.ofSeconds(10));

    final TargetLimiter next = limiter(Limits.NONE, first.levels(), THEN.plusSeconds(4));
    final CompletableFuture<Release> waiting = next.acquire(1);
    time.advance(6 * SECOND - 1);
    assertThat(waiting).isNotDone();
    time.advance(2);
    assertThat(waiting)
        .isCompletedWithValueMatching(
            release -> release.heldBy().orElseThrow().label().equals("target t:pause"));
  }
}
