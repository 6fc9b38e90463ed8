package dev.latencylens.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LogBinsTest {
  @Test
  void eachReadingIsInTheClassBetweenWhoseEdgesItLies() {
    Readings readings = new Readings();
    for (double value : new double[] {1, 9.99, 10, 123_456, 1e9}) {
      readings.add(value);
    }

    LogBins.of(readings)
        .forEach(
            (bin, count) -> {
              assertThat(count).isEqualTo(1);
              assertThat(LogBins.lowerEdge(bin + 1) / LogBins.lowerEdge(bin))
                  .isBetween(1.0046, 1.0047);
            });
    assertThat(LogBins.of(readings)).containsKeys(0, 499, 500, 4500);
    assertThat(LogBins.lowerEdge(500)).isEqualTo(10);
  }

  @Test
  void whatADeadlineCutOffIsInNoClass() {
    Readings readings = new Readings();
    readings.add(100);
    readings.addCensored(1000);

    assertThat(LogBins.of(readings)).isEqualTo(Map.of(1000, 1L));
  }

  @Test
  void whatIsTooSmallForALogarithmIsInTheFirstClass() {
    Histogram histogram = new Histogram(3);
    histogram.recordValue(0);
    histogram.recordValueWithCount(1, 2);
    Readings readings = new Readings();
    readings.add(-5);

    assertThat(LogBins.of(histogram)).isEqualTo(Map.of(0, 3L));
    assertThat(LogBins.of(readings)).isEqualTo(Map.of(0, 1L));
  }

  @Test
  void aHistogramKeepsAllItsCounts() {
    Histogram histogram = new Histogram(3);
    for (int i = 1; i <= 10_000; i++) {
      histogram.recordValue(i * 997L);
    }

    assertThat(LogBins.of(histogram).values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(10_000);
  }
}
