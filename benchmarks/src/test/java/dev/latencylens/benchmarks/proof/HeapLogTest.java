package dev.latencylens.benchmarks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HeapLogTest {
  @Test
  void whatIsInUseAfterCollectionsIsReadFromTheirLog() {
    final HeapLog log =
        HeapLog.of(
            List.of(
                "[0.015s][info][gc] Using G1",
                "[1.000s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause)"
                    + " 24M->7M(512M) 6.125ms",
                "[2.000s][info][gc] GC(1) Concurrent Mark Cycle",
                "[3.000s][info][gc] GC(2) Pause Remark 50M->40M(512M) 1.2ms",
                "[5.000s][info][gc] GC(3) Pause Full (System.gc()) 90M->20M(512M) 31.0ms"));

    assertThat(log.collections())
        .extracting(HeapLog.Collection::afterMib)
        .containsExactly(7L, 40L, 20L);
    assertThat(log.mostMib()).isEqualTo(40);
    assertThat(log.medianMib(0, 0.25)).hasValue(7);
    assertThat(log.medianMib(0.5, 1)).hasValue(40);
    assertThat(log.medianMib(0.6, 0.9)).isEmpty();
    assertThat(new HeapLog(List.of()).medianMib(0, 1)).isEmpty();
  }
}
