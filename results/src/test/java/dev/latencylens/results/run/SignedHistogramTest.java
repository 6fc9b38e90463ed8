package dev.latencylens.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedHistogramTest {
  @Test
  void quantilesAreThoseOfTheSortedValues() {
    Random random = new Random(7);
    SignedHistogram histogram = new SignedHistogram();
    // Below 2048 a histogram of three digits is exact, so the comparison can be too.
    long[] values = random.longs(1001, -900, 1100).toArray();
    Arrays.stream(values).forEach(histogram::recordValue);
    Arrays.sort(values);

    for (double q : new double[] {0.001, 0.1, 0.3, 0.45, 0.5, 0.9, 0.99, 0.999, 1}) {
      int rank = (int) Math.max(1, Math.ceil(q * values.length - 1e-9));
      assertThat(histogram.valueAtQuantile(q)).as("quantile %s", q).isEqualTo(values[rank - 1]);
    }
    assertThat(histogram.max()).isEqualTo(values[values.length - 1]);
    assertThat(histogram.negativeCount())
        .isEqualTo(Arrays.stream(values).filter(v -> v < 0).count());
  }

  @Test
  void allEarlyHasANegativeMaximum() {
    SignedHistogram histogram = new SignedHistogram();
    histogram.recordValue(-5);
    histogram.recordValue(-9);

    assertThat(histogram.max()).isEqualTo(-5);
    assertThat(histogram.valueAtQuantile(0.5)).isEqualTo(-9);
  }

  @Test
  void emptyIsZero() {
    assertThat(new SignedHistogram().valueAtQuantile(0.5)).isZero();
    assertThat(new SignedHistogram().max()).isZero();
  }

  @Test
  void sumsUp() {
    SignedHistogram one = new SignedHistogram();
    one.recordValue(-3);
    SignedHistogram other = new SignedHistogram();
    other.recordValue(4);
    one.add(other);

    assertThat(one.totalCount()).isEqualTo(2);
    assertThat(one.valueAtQuantile(1)).isEqualTo(4);
  }
}
