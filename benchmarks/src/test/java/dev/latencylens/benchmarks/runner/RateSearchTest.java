package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class RateSearchTest {
  private static List<Double> tried(final RateSearch search, final double limit) {
    final List<Double> tried = new ArrayList<>();
    for (OptionalDouble rate = search.next(); rate.isPresent(); rate = search.next()) {
      tried.add(rate.getAsDouble());
      search.tried(rate.getAsDouble(), rate.getAsDouble() <= limit);
    }
    return tried;
  }

  @Test
  void itClosesInOnTheHighestRateThatHolds() {
    final RateSearch search = new RateSearch(1, 100, 20);

    assertThat(tried(search, 37)).startsWith(1.0, 100.0, 10.0, 31.6);
    assertThat(search.highest().orElseThrow()).isBetween(37 / 1.05, 37.0);
  }

  @Test
  void itEndsAtOnceWhereNothingOrEverythingHolds() {
    final RateSearch nothing = new RateSearch(1, 100, 20);
    assertThat(tried(nothing, 0.5)).containsExactly(1.0);
    assertThat(nothing.highest()).isEmpty();

    final RateSearch everything = new RateSearch(1, 100, 20);
    assertThat(tried(everything, 1_000)).containsExactly(1.0, 100.0);
    assertThat(everything.highest()).hasValue(100);
  }

  @Test
  void itTriesNoMoreThanItMay() {
    assertThat(tried(new RateSearch(1, 100, 4), 37)).hasSize(4);
  }
}
