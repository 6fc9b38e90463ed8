package dev.latencylens.benchmarks.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WindowCountTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theFullestWindowIsFoundWhereverItLies() {
    final WindowCount count =
        new WindowCount(9 * SECOND, 0, 4 * SECOND, 4 * SECOND, 5 * SECOND, 20 * SECOND);

    assertThat(count.most(0)).isEqualTo(2);
    assertThat(count.most(1)).isEqualTo(3);
    assertThat(count.most(0.999)).isEqualTo(2);
    assertThat(count.most(5)).isEqualTo(4);
    assertThat(count.most(100)).isEqualTo(6);
    assertThat(count.spanSeconds()).isEqualTo(20);
  }

  @Test
  void nothingHasNoWindow() {
    assertThat(new WindowCount().most(1)).isZero();
    assertThat(new WindowCount(7).spanSeconds()).isZero();
  }
}
