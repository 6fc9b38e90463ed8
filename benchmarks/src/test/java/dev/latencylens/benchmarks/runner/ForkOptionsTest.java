package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ForkOptionsTest {
  @Test
  void theHeapIsNeverLargerThanTheMachineAllows() {
    assertThat(ForkOptions.of(6_000)).contains("-Xms768m", "-Xmn512m");
    assertThat(ForkOptions.of(300)).contains("-Xms300m", "-Xmn200m");
  }
}
