package dev.latencylens.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MedianIntervalTest {
  /** Ranks as tabulated: Conover, Practical Nonparametric Statistics, 1999, table A3, p = 0.5. */
  @ParameterizedTest
  @CsvSource({"6, 1, 6", "10, 2, 9", "15, 4, 12", "20, 6, 15", "50, 18, 33"})
  void liesBetweenTheTabulatedOrderStatistics(int n, double low, double high) {
    double[] values = IntStream.range(0, n).mapToDouble(i -> n - i).toArray();

    MedianInterval interval = MedianInterval.of(values);

    assertThat(interval.median()).isEqualTo((n + 1) / 2.0);
    assertThat(interval.low()).hasValue(low);
    assertThat(interval.high()).hasValue(high);
  }

  @Test
  void fewerThanSixValuesHaveNone() {
    MedianInterval interval = MedianInterval.of(3, 1, 2, 5, 4);

    assertThat(interval.median()).isEqualTo(3);
    assertThat(interval.low()).isEmpty();
    assertThat(interval.high()).isEmpty();
    assertThat(MedianInterval.of().median()).isNaN();
  }
}
