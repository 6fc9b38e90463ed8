package dev.latencylens.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SafepointLogTest {
  private static final List<String> LOG =
      List.of(
          "[0.120s][info][safepoint] Safepoint \"ICBufferFull\", Time since last: 1 ns, Reaching"
              + " safepoint: 1 ns, At safepoint: 4000 ns, Total: 5000 ns",
          "[1.500s][info][safepoint] Safepoint \"G1CollectForAllocation\", Time since last: 2 ns,"
              + " Reaching safepoint: 10 ns, At safepoint: 990 ns, Total: 1000000 ns",
          "[1.900s][info][safepoint] Safepoint \"Cleanup\", Time since last: 2 ns, Reaching"
              + " safepoint: 10 ns, At safepoint: 990 ns, Total: 3000000 ns",
          "something else",
          "[9.000s][info][safepoint] Safepoint \"Cleanup\", Total: 7 ns");

  @Test
  void stopsOfTheMeasuredTimeAreCounted() {
    assertThat(SafepointLog.of(LOG, 1_000, 2_000))
        .isEqualTo(new SafepointLog(2, 4_000_000, 3_000_000));
    assertThat(SafepointLog.of(LOG, 0, 10_000).count()).isEqualTo(4);
    assertThat(SafepointLog.of(List.of(), 0, 10_000)).isEqualTo(new SafepointLog(0, 0, 0));
  }
}
