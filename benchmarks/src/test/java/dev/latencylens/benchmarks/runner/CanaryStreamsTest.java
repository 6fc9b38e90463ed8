package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Load;
import org.junit.jupiter.api.Test;

final class CanaryStreamsTest {
  private static final Load HUNDRED = Load.Closed.of(1_000, 100);

  @Test
  void theCanaryIsAShareOfTheLoadAndAtLeastOneStream() {
    assertThat(new CanaryStreams(0.02, 2).next(0, HUNDRED)).isEqualTo(2);
    assertThat(new CanaryStreams(0.021, 2).next(0, HUNDRED)).isEqualTo(3);
    assertThat(new CanaryStreams(0.02, 2).next(0, Load.Closed.of(5, 1))).isEqualTo(1);
    assertThat(new CanaryStreams(0, 2).next(0, HUNDRED)).isZero();
  }

  @Test
  void roundsThatAreTooShortGetMoreOfIt() {
    final CanaryStreams canary = new CanaryStreams(0.02, 3);
    canary.after(0, 2, 62);

    // 600 are missing in 2 rounds, and each stream brings 31.
    assertThat(canary.next(0, HUNDRED)).isEqualTo(10);
    canary.after(0, 10, 310);
    assertThat(canary.next(0, HUNDRED)).isEqualTo(10);
    canary.after(0, 10, 310);
    assertThat(canary.next(0, HUNDRED)).as("there are enough").isEqualTo(2);
    assertThat(canary.next(1, HUNDRED)).as("another cell").isEqualTo(2);
  }

  @Test
  void itNeverBecomesMuchOfTheLoad() {
    final CanaryStreams canary = new CanaryStreams(0.02, 2);
    canary.after(0, 2, 4);

    assertThat(canary.next(0, HUNDRED)).isEqualTo(25);
  }

  @Test
  void aRoundThatBroughtNothingSaysNothing() {
    final CanaryStreams canary = new CanaryStreams(0.02, 2);
    canary.after(0, 2, 0);

    assertThat(canary.next(0, HUNDRED)).isEqualTo(2);
  }
}
