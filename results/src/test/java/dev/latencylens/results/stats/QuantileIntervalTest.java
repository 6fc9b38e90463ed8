package dev.latencylens.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantileIntervalTest {
  /**
   * The outermost ranks that SciPy 1.17.1 gives: the largest l with {@code binom.cdf(l - 1, n, q)
   * <= .025}, the least u with {@code binom.sf(u - 1, n, q) <= .025}.
   */
  @ParameterizedTest
  @CsvSource({
    "20, 0.5, 6, 15",
    "300, 0.5, 133, 168",
    "300, 0.95, 277, 293",
    "1000, 0.99, 983, 997"
  })
  void liesBetweenOrderStatistics(int n, double quantile, double low, double high) {
    QuantileInterval interval = QuantileInterval.of(upTo(n), quantile);

    assertThat(interval.low()).hasValue(low);
    assertThat(interval.high()).hasValue(high);
  }

  @Test
  void hasNoUpperEndWhereTooFewReadingsLieBeyond() {
    assertThat(QuantileInterval.of(upTo(300), 0.99).low()).hasValue(293);
    assertThat(QuantileInterval.of(upTo(300), 0.99).high()).isEmpty();
    assertThat(QuantileInterval.of(new Readings(), 0.99).low()).isEmpty();
  }

  @Test
  void hasNoUpperEndAmongCensoredReadings() {
    Readings readings = upTo(980);
    for (int i = 0; i < 20; i++) {
      readings.addCensored(5000);
    }

    assertThat(QuantileInterval.of(readings, 0.99).low()).hasValue(5000);
    assertThat(QuantileInterval.of(readings, 0.99).high()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"20, 0.5", "300, 0.5", "300, 0.95", "1000, 0.99", "300, 0.99", "3, 0.5"})
  void aHistogramGivesTheSameInterval(int n, double quantile) {
    Histogram histogram = new Histogram(3);
    for (int i = 1; i <= n; i++) {
      histogram.recordValue(i);
    }

    // Up to 2047 a histogram of three digits keeps each number.
    assertThat(QuantileInterval.of(histogram, 0, quantile))
        .isEqualTo(QuantileInterval.of(upTo(n), quantile));
  }

  @Test
  void readingsBeyondAHistogramAreItsLargest() {
    Histogram histogram = new Histogram(3);
    for (int i = 1; i <= 980; i++) {
      histogram.recordValue(i);
    }

    QuantileInterval p95 = QuantileInterval.of(histogram, 20, 0.95);
    assertThat(p95.low()).isEqualTo(QuantileInterval.of(upTo(1000), 0.95).low());
    assertThat(p95.high()).isEqualTo(QuantileInterval.of(upTo(1000), 0.95).high());
    assertThat(QuantileInterval.of(histogram, 20, 0.99).high()).isEmpty();
    assertThat(QuantileInterval.of(new Histogram(3), 20, 0.5).low()).isEmpty();
  }

  private static Readings upTo(int n) {
    Readings readings = new Readings();
    for (int i = n; i >= 1; i--) {
      readings.add(i);
    }
    return readings;
  }
}
