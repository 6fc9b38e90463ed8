package dev.latencylens.benchmarks.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Limits;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Workload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundPlanTest {
  private final Path directory;

  RoundPlanTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  @Test
  void aForkReadsWhatTheRunnerWrote() throws IOException {
    final RoundPlan full =
        plan(
            Optional.of(Path.of("/some/ca.pem")),
            Optional.of("MY_KEY"),
            Optional.of("Be brief.\nÄ \u2028"),
            new Limits(OptionalDouble.of(0.25), 3));
    final RoundPlan least =
        plan(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Limits(OptionalDouble.empty(), 1));

    assertThat(writtenAndRead(full)).isEqualTo(full);
    assertThat(writtenAndRead(least)).isEqualTo(least);
  }

  @Test
  void aMissingPlanIsNamed() {
    final Path missing = directory.resolve("none.json");

    assertThatThrownBy(() -> RoundPlan.read(missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void withoutThePropertyThereIsNoPlan() throws IOException {
    assertThat(RoundPlan.ofThisProcess()).isEmpty();
  }

  private RoundPlan writtenAndRead(final RoundPlan plan) throws IOException {
    final Path file = directory.resolve("round-1.json");
    plan.write(file);
    return RoundPlan.read(file);
  }

  private static RoundPlan plan(
      final Optional<Path> caBundle,
      final Optional<String> keyVariable,
      final Optional<String> system,
      final Limits limits) {
    return new RoundPlan(
        Path.of("/runs/a b"),
        7,
        "c002",
        new AskedTarget(
            "mine",
            "anthropic",
            "claude",
            URI.create("https://127.0.0.1:8443"),
            caBundle,
            keyVariable),
        new Workload("w", "Say \"hello\".", system, 17),
        new Load(12, 4),
        new Deadlines(
            Duration.ofMillis(1),
            Duration.ofMillis(1_500),
            Duration.ofMinutes(2),
            Duration.ofNanos(1_234_567_891),
            Duration.ofHours(24)),
        limits,
        Http2.MULTIPLEXED,
        keyVariable.isPresent(),
        4096,
        new SimulatorAddress(URI.create("https://127.0.0.1:1"), caBundle),
        keyVariable.isEmpty());
  }
}
