package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.config.Limits;
import dev.latencylens.harness.stream.StreamRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final long MS = 1_000_000;
  private static final long MINUTE = 60_000 * MS;

  /** Not 0: nanoTime starts anywhere, below 0 too. */
  private static final long START = -5_000_000_000L;

  private final ManualScheduler time = new ManualScheduler(START);
  private final Admission admission = new Admission(time::now, time);

  /** One released request. */
  private record Passed(String who, long nanos, long tokens, Release release) {}

  private final List<Passed> passed = new ArrayList<>();

  private void ask(final RateLimiter limiter, final String who, final long tokens) {
    final CompletableFuture<Void> kept =
        limiter
            .acquire(tokens)
            .thenAccept(release -> passed.add(new Passed(who, release.nanos(), tokens, release)));
    assertThat(kept).isNotCompletedExceptionally();
  }

  private List<String> who() {
    return passed.stream().map(Passed::who).toList();
  }

  private long at(final int index) {
    return (passed.get(index).nanos() - START) / MS;
  }

  private void end(final int index, final long used) {
    passed.get(index).release().end(OptionalLong.of(used));
  }

  private static Limits perSecond(final double rate, final int burst) {
    return new Limits(OptionalDouble.of(rate), burst);
  }

  private static Limits requestsPerMinute(final long most) {
    return new Limits(
        OptionalDouble.empty(),
        1,
        OptionalLong.of(most),
        OptionalLong.empty(),
        OptionalInt.empty());
  }

  private static Limits tokensPerMinute(final long most) {
    return new Limits(
        OptionalDouble.empty(),
        1,
        OptionalLong.empty(),
        OptionalLong.of(most),
        OptionalInt.empty());
  }

  private static Limits inFlight(final int most) {
    return new Limits(
        OptionalDouble.empty(),
        1,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalInt.of(most));
  }

  private RateLimiter through(final Gate... gates) {
    return admission.limiter(List.of(gates));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 60, 601, 50_000, 3_000_000})
  void noMinuteSeesMoreRequestsThanAllowedAndAtLeast99PercentPass(final long most) {
    final RateLimiter limiter = through(admission.gate("run", requestsPerMinute(most)));
    final int count = (int) Math.min(2_000, 20 * most);
    for (int i = 0; i < count; i++) {
      ask(limiter, "a", 1);
    }
    while (time.runNext()) {}

    assertThat(passed).hasSize(count);
    int from = 0;
    for (int to = 0; to < count; to++) {
      while (passed.get(to).nanos() - passed.get(from).nanos() >= MINUTE) {
        from++;
      }
      assertThat((long) to - from + 1).isLessThanOrEqualTo(most);
    }
    final double minutes = (passed.get(count - 1).nanos() - START) / (double) MINUTE;
    final double burst = Math.ceil(most / 600.0);
    if (count > burst) {
      assertThat((count - burst) / minutes).isGreaterThanOrEqualTo(0.99 * most);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noMinuteSeesMoreTokensThanAllowedAndTheLastRequest(final long seed) {
    final Random random = new Random(seed);
    final long most = 1_000L + random.nextInt(1_000_000);
    final RateLimiter limiter = through(admission.gate("run", tokensPerMinute(most)));
    final long slice = (most + 599) / 600;
    long all = 0;
    for (int i = 0; i < 400; i++) {
      final long tokens = 1L + random.nextInt((int) (most / 5));
      all += tokens;
      ask(limiter, "a", tokens);
      if (random.nextInt(50) == 0) {
        time.advance(random.nextInt(100_000) * MS);
      }
    }
    while (time.runNext()) {}

    assertThat(passed).hasSize(400);
    int from = 0;
    long sum = 0;
    for (final Passed one : passed) {
      while (one.nanos() - passed.get(from).nanos() >= MINUTE) {
        sum -= passed.get(from++).tokens();
      }
      assertThat(sum).isLessThanOrEqualTo(most + slice);
      sum += one.tokens();
    }
    assertThat(all).isPositive();
  }

  @Test
  void saturatedTokenLimitYieldsItsRate() {
    final RateLimiter limiter = through(admission.gate("run", tokensPerMinute(60_000)));
    for (int i = 0; i <= 100; i++) {
      ask(limiter, "a", 1_500);
    }
    while (time.runNext()) {}

    // 100 times 1,500 tokens at 1,000 a second; the 100 of the first slice are free.
    assertThat(at(100)).isBetween(149_900L, 150_010L);
  }

  @Test
  void usageCorrectsWhatWasEstimated() {
    final RateLimiter limiter = through(admission.gate("run", tokensPerMinute(60_000)));
    ask(limiter, "dear", 10_000);
    ask(limiter, "next", 1_000);
    end(0, 2_000);
    time.advance(1_999 * MS);
    assertThat(who()).containsExactly("dear");
    time.advance(2 * MS);
    assertThat(who()).containsExactly("dear", "next");
    assertThat(passed.get(1).release().heldBy())
        .contains(new HeldBy("run", HeldBy.Limit.TOKENS_PER_MINUTE));

    ask(limiter, "third", 1_000);
    end(1, 5_000);
    time.advance(4_998 * MS);
    assertThat(who()).hasSize(2);
    time.advance(2 * MS);
    assertThat(who()).hasSize(3);
  }

  @Test
  void placesComeFreeOnceForEachStreamThatEnds() {
    final RateLimiter limiter = through(admission.gate("target x", inFlight(2)));
    for (final String who : List.of("a", "b", "c", "d", "e")) {
      ask(limiter, who, 1);
    }
    assertThat(who()).containsExactly("a", "b");
    assertThat(time.pending()).isZero();

    time.advance(10 * MS);
    end(0, 1);
    end(0, 1);
    assertThat(who()).containsExactly("a", "b", "c");
    assertThat(passed.get(2).release().heldBy())
        .contains(new HeldBy("target x", HeldBy.Limit.STREAMS_IN_FLIGHT));
    assertThat(passed.get(0).release().heldBy()).isEmpty();
    passed.get(1).release().end(OptionalLong.empty());
    end(2, 1);
    assertThat(who()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void nothingPassesDuringAPauseWhichCanBeMadeLongerOnly() {
    final Gate gate = admission.gate("target x", Limits.NONE);
    final RateLimiter limiter = through(gate);
    ask(limiter, "a", 1);
    gate.pauseUntil(time.now() + 100 * MS);
    ask(limiter, "b", 1);
    ask(limiter, "c", 1);
    time.advance(50 * MS);
    gate.pauseUntil(time.now() + 200 * MS);
    gate.pauseUntil(time.now() + 10 * MS);
    time.advance(199 * MS);
    assertThat(who()).containsExactly("a");
    time.advance(MS);
    assertThat(who()).containsExactly("a", "b", "c");
    assertThat(passed.get(2).release().heldBy())
        .contains(new HeldBy("target x", HeldBy.Limit.PAUSE));
    ask(limiter, "d", 1);
    assertThat(passed.get(3).release().heldBy()).isEmpty();
  }

  @Test
  void requestTakesFromNoGateBeforeAllLetItPass() {
    final Gate run = admission.gate("run", perSecond(1, 100));
    final Gate target = admission.gate("target", perSecond(10, 1));
    final RateLimiter limiter = through(target, run);
    run.pauseUntil(time.now() + 60_000 * MS);
    for (int i = 0; i < 50; i++) {
      ask(limiter, "a", 1);
    }
    time.advance(60_000 * MS);

    // Tokens of the target that were taken during the pause would come out in a bunch now.
    assertThat(passed).hasSize(1);
    time.advance(1_000 * MS);
    assertThat(passed).hasSize(11);
  }

  @Test
  void nobodyWaitsForAnothersGate() {
    final Gate run = admission.gate("run", perSecond(1_000, 100));
    final Gate paused = admission.gate("target a", Limits.NONE);
    paused.pauseUntil(time.now() + 1_000 * MS);
    ask(through(paused, run), "a", 1);
    ask(through(admission.gate("target b", Limits.NONE), run), "b", 1);

    assertThat(who()).containsExactly("b");
    time.advance(1_000 * MS);
    assertThat(who()).containsExactly("b", "a");
  }

  @Test
  void sharedGateIsPassedInTheOrderOfTheCallsAlsoByThoseWhoNeedMuch() {
    final Gate run = admission.gate("run", tokensPerMinute(600_000));
    final RateLimiter large = through(run);
    final RateLimiter small = through(run);
    ask(large, "first", 20_000);
    ask(large, "large", 20_000);
    for (int i = 0; i < 5; i++) {
      ask(small, "small", 10);
    }
    while (time.runNext()) {}

    assertThat(who())
        .containsExactly("first", "large", "small", "small", "small", "small", "small");
  }

  @Test
  void earlierAlarmReplacesALaterOne() {
    final Gate slow = admission.gate("target a", Limits.NONE);
    final Gate fast = admission.gate("target b", Limits.NONE);
    slow.pauseUntil(time.now() + 10_000 * MS);
    fast.pauseUntil(time.now() + 10 * MS);
    ask(through(slow), "a", 1);
    ask(through(fast), "b", 1);
    assertThat(time.pending()).isEqualTo(1);
    time.advance(10 * MS);
    assertThat(who()).containsExactly("b");
    time.advance(9_990 * MS);
    assertThat(who()).containsExactly("b", "a");
  }

  @Test
  void cancelledRequestsTakeNoPlaceAndNoTokens() {
    final Gate gate = admission.gate("run", inFlight(1));
    final RateLimiter limiter = through(gate);
    ask(limiter, "a", 1);
    assertThat(limiter.acquire(1_000_000).cancel(false)).isTrue();
    ask(limiter, "b", 1);
    end(0, 1);

    assertThat(who()).containsExactly("a", "b");
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> requestsPerMinute(0)).hasMessageContaining("requests_per_minute");
    assertThatThrownBy(() -> tokensPerMinute(0)).hasMessageContaining("tokens_per_minute");
    assertThatThrownBy(() -> inFlight(0)).hasMessageContaining("streams_in_flight");
  }

  @Test
  void estimateCountsTheLongestAnswerAndAllThatIsAsked() {
    assertThat(TokenEstimate.of(StreamRequest.of("r", "m", "x".repeat(300), 500)))
        .isBetween(600L, 700L);
  }
}
