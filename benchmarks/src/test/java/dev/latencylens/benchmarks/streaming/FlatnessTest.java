package dev.latencylens.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlatnessTest {
  /** Errors in microseconds of windows of a quarter second; the last column: after how many. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // An instrument that warms up, as it was seen on two cores.
        "9000 4100 1500 800 420 260 190 160 150 155 149 151 | 12",
        // Flat from the start.
        "150 148 152 149 151 150 150 150 | 6",
        // One stall does not make it warm, nor keep it from being so.
        "900 450 220 9000 110 60 55 54 56 55 | 10",
        // Still falling at the end of patience.
        "9000 7000 5400 4100 3200 2400 1800 1300 | -1",
        // It rises: warming up longer would not help.
        "100 100 100 300 400 500 | 6",
        "0 0 0 0 0 0 | 6",
        "150 150 150 150 150 | -1",
      })
  void itIsFlatOnceTheErrorHasStoppedFalling(final String errors, final int after) {
    final Flatness flatness = new Flatness();
    int windows = 0;
    int reached = -1;
    for (final String error : errors.trim().split(" ", -1)) {
      flatness.add(Double.parseDouble(error) * 1_000);
      windows++;
      if (reached < 0 && flatness.isReached()) {
        reached = windows;
      }
    }
    assertThat(reached).isEqualTo(after);
  }
}
