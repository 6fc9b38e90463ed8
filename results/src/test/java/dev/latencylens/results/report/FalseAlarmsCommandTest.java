package dev.latencylens.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FalseAlarmsCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyClaimHoldsAtTheDefaultSeed() {
    assertThat(run()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("paired blocks, no change         p50", "37 to 64   yes", "seed 1.")
        .doesNotContain("NO");
  }

  @Test
  void aBadSeedIsRefusedWithTheUsage() {
    assertThat(run("--seed", "x")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("false-alarms: ")
        .contains("usage: false-alarms [--seed N]");
  }

  private int run(String... arguments) {
    return FalseAlarmsCommand.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        arguments);
  }
}
