package dev.latencylens.benchmarks.doctor;

import dev.latencylens.benchmarks.streaming.SimulatedModels;
import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.benchmarks.streaming.SimulatorPaths;
import dev.latencylens.fixtures.simulator.SimulatorProcess;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.MadeUpKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Starts the embedded simulator as a run does, and reads one stream from it. Stateless. */
final class SimulatorCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Target TARGET = Target.of("openai", "sim-ttft120-gap8");

  private SimulatorCheck() {}

  /**
   * Looks at the simulator.
   *
   * @param log hears what the simulator's process complains of
   * @throws IOException if it does not start
   */
  static TargetReport check(final Consumer<String> log) throws IOException {
    try (SimulatorProcess simulator =
        SimulatorProcess.start(SimulatedModels.options(1), PATIENCE, log)) {
      final Target target =
          SimulatorPaths.rehearsal(
                  TARGET, new SimulatorAddress(simulator.baseUri(), simulator.caBundle()))
              .orElseThrow();
      return new TargetChecks(
              Configuration.of(List.of(target)), Providers.load(), new MadeUpKeys(), true)
          .check(target);
    }
  }
}
