package dev.latencylens.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private static final List<Double> BOUNDS = List.of(1_000_000.0, 2_000_000.0);

  @Test
  void aReadingThatEqualsABoundLiesBelowItAndWhatADeadlineCutOffBeyondAll() {
    Readings readings = new Readings();
    for (double nanos : new double[] {1, 1_000_000, 1_000_001, 2_000_000, 2_000_001}) {
      readings.add(nanos);
    }
    readings.addCensored(500_000);

    Buckets buckets = Buckets.of(readings, BOUNDS);

    assertThat(buckets.counts()).containsExactly(2L, 2L, 2L);
    assertThat(buckets.sum()).isEqualTo(6_500_003);
  }

  @Test
  void ofAHistogramABoundIsInReachThoughItsNeighboursCannotBeToldApart() {
    Histogram histogram = new Histogram(3);
    histogram.recordValueWithCount(1_000_000, 3);
    histogram.recordValueWithCount(1_500_000, 2);
    histogram.recordValue(50_000_000);

    Buckets buckets = Buckets.of(histogram, BOUNDS);

    assertThat(buckets.counts()).containsExactly(3L, 2L, 1L);
    assertThat(buckets.sum()).isCloseTo(56_000_000, withPercentage(0.1));
  }

  @Test
  void ofNothingAllIsZero() {
    assertThat(Buckets.of(new Readings(), BOUNDS))
        .isEqualTo(new Buckets(BOUNDS, List.of(0L, 0L, 0L), 0));
  }
}
