package dev.latencylens.harness.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMix64Test {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, 0x123456789ABCDEFL})
  void numbersAreThoseOfTheReferenceThatCommonsRngHas(final long seed) {
    final UniformRandomProvider reference = RandomSource.SPLIT_MIX_64.create(seed);
    final SplitMix64 own = new SplitMix64(seed);

    for (int i = 0; i < 1_000; i++) {
      assertThat(own.next()).isEqualTo(reference.nextLong());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 1_000_000, Integer.MAX_VALUE})
  void boundedNumbersStayBelowTheBoundAndReachItsEnds(final int bound) {
    final SplitMix64 random = new SplitMix64(3);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 10_000; i++) {
      final int drawn = random.below(bound);
      least = Math.min(least, drawn);
      most = Math.max(most, drawn);
    }

    assertThat(least).isBetween(0L, bound / 1_000L);
    assertThat(most).isBetween(bound - 1 - bound / 1_000L, bound - 1L);
  }
}
