package dev.latencylens.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.results.run.InstrumentReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleSizeTest {
  @ParameterizedTest
  @CsvSource({"0.5, 11", "0.9, 64", "0.95, 130", "0.99, 662", "0.999, 6636"})
  void isThePublishedNumber(double quantile, long n) {
    assertThat(SampleSize.needed(quantile)).isEqualTo(n);
  }

  @Test
  void whatRunsCountCanaryEventsForIsThatOfTheP99() {
    assertThat(InstrumentReading.EVENTS_FOR_P99).isEqualTo(SampleSize.needed(0.99));
  }

  @ParameterizedTest
  @CsvSource({"0.5", "0.9", "0.95", "0.99", "0.999"})
  void isTheSmallestWithTwoExceedancesInNinetyNineOfAHundred(double q) {
    long n = SampleSize.needed(q);

    assertThat(chanceOfTwo((double) n, q)).isGreaterThanOrEqualTo(0.99);
    assertThat(chanceOfTwo(n - 1.0, q)).isLessThan(0.99);
  }

  /** One less the chances of none and of one, written out. */
  private static double chanceOfTwo(double n, double q) {
    return 1 - Math.pow(q, n) - n * (1 - q) * Math.pow(q, n - 1);
  }

  @Test
  void refusesWhatIsNoUpperQuantile() {
    assertThatThrownBy(() -> SampleSize.needed(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleSize.needed(0.4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleSize.needed(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
