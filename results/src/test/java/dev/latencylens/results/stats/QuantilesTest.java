package dev.latencylens.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latencylens.results.run.SignedHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void estimatesByTheEighthDefinitionOfHyndmanAndFan() {
    Readings readings = new Readings();
    for (int i = 1; i <= 100; i++) {
      readings.add(i * i);
    }
    // Position (n + 1/3) p + 1/3: R's quantile((1:100)^2, c(.5, .9), type = 8).
    assertThat(value(Quantiles.of(readings, 0.5, ""))).isCloseTo(2550.5, within(1e-9));
    double position = (100 + 1.0 / 3) * 0.9 + 1.0 / 3;
    double expected = 90 * 90 + (position - 90) * (91 * 91 - 90 * 90);
    assertThat(value(Quantiles.of(readings, 0.9, ""))).isCloseTo(expected, within(1e-9));
  }

  @Test
  void saysHowManyReadingsAreMissing() {
    assertThat(Quantiles.of(upTo(63), 0.9, "")).isEqualTo(new Statistic.TooFew(63, 64));
    assertThat(Quantiles.of(upTo(64), 0.9, "")).isInstanceOf(Statistic.Value.class);
    assertThat(Quantiles.of(new Readings(), 0.9, "why")).isEqualTo(new Statistic.Absent("why"));
  }

  @Test
  void aLowQuantileNeedsAsManyReadingsAsItsMirrorImage() {
    assertThat(Quantiles.of(upTo(63), 0.1, "")).isEqualTo(new Statistic.TooFew(63, 64));
    assertThat(value(Quantiles.of(upTo(64), 0.1, "")))
        .isCloseTo((64 + 1.0 / 3) * 0.1 + 1.0 / 3, within(1e-9));
    Histogram histogram = new Histogram(3);
    for (int i = 1; i <= 64; i++) {
      histogram.recordValue(i);
    }
    assertThat(Quantiles.of(histogram, 0.1, "")).isEqualTo(new Statistic.Value(7));
    assertThat(Quantiles.of(histogram, 0.01, "")).isInstanceOf(Statistic.TooFew.class);
  }

  @Test
  void censoredReadingsCountTowardsTheNumberNeeded() {
    Readings readings = upTo(60);
    for (int i = 0; i < 4; i++) {
      readings.addCensored(1000);
    }
    assertThat(Quantiles.of(readings, 0.9, "")).isInstanceOf(Statistic.Value.class);
  }

  @Test
  void percentileInCensoredMassIsAtLeastTheLimit() {
    Readings readings = upTo(90);
    for (int i = 0; i < 20; i++) {
      readings.addCensored(1000);
    }
    assertThat(Quantiles.of(readings, 0.9, "")).isEqualTo(new Statistic.Censored(1000));
    assertThat(Quantiles.of(readings, 0.5, "")).isEqualTo(new Statistic.Value(55.5));
  }

  @Test
  void censoringBelowSlowerReadingsMakesAllAboveItABound() {
    // Cut off at 10 while others took up to 100: the true median is 51 only if those were slow too.
    Readings readings = upTo(100);
    for (int i = 0; i < 20; i++) {
      readings.addCensored(10);
    }
    Statistic median = Quantiles.of(readings, 0.5, "");

    assertThat(median).isInstanceOf(Statistic.Censored.class);
    assertThat(((Statistic.Censored) median).limit()).isEqualTo(40.5);
  }

  @Test
  void allCensoredIsTheLimit() {
    Readings readings = new Readings();
    for (int i = 0; i < 700; i++) {
      readings.addCensored(5);
    }
    assertThat(Quantiles.of(readings, 0.99, "")).isEqualTo(new Statistic.Censored(5));
  }

  @Test
  void histogramsNeedTheirNumbersToo() {
    Histogram histogram = new Histogram(3);
    histogram.recordValueWithCount(1000, 661);
    assertThat(Quantiles.of(histogram, 0.99, "")).isEqualTo(new Statistic.TooFew(661, 662));
    histogram.recordValue(1000);
    assertThat(value(Quantiles.of(histogram, 0.99, ""))).isEqualTo(1000);
    assertThat(Quantiles.of(new Histogram(3), 0.5, "why")).isEqualTo(new Statistic.Absent("why"));
  }

  @Test
  void signedHistogramAnswersOverBothSigns() {
    SignedHistogram histogram = new SignedHistogram();
    for (int i = -300; i < 700; i++) {
      histogram.recordValue(i);
    }
    assertThat(value(Quantiles.of(histogram, 0.5, ""))).isEqualTo(199);
    assertThat(value(Quantiles.of(histogram, 0.99, ""))).isEqualTo(689);
  }

  private static Readings upTo(int n) {
    Readings readings = new Readings();
    for (int i = 1; i <= n; i++) {
      readings.add(i);
    }
    return readings;
  }

  private static double value(Statistic statistic) {
    assertThat(statistic).isInstanceOf(Statistic.Value.class);
    return ((Statistic.Value) statistic).value();
  }
}
