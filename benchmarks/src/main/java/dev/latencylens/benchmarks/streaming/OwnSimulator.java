package dev.latencylens.benchmarks.streaming;

import dev.latencylens.fixtures.simulator.SimulatorProcess;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The simulator of a fork that was started by hand, without a plan. It lives as long as this
 * process: JMH closes the session before the profiler asks for the ledger.
 */
final class OwnSimulator {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long SEED = 1;

  /** Of a window; JMH's own batches and threads count where each stream is an operation. */
  private static final int STREAMS_BY_HAND = 100;

  private static final int BY_HAND_IN_FLIGHT = 10;

  private static @Nullable SimulatorProcess running;

  private OwnSimulator() {}

  /** A plan for one provider and model of a simulator that this process starts. */
  static synchronized RoundPlan planFor(final String provider, final String model)
      throws IOException {
    if (running == null) {
      running =
          SimulatorProcess.start(SimulatedModels.options(SEED), PATIENCE, System.err::println);
    }
    final SimulatorAddress address = new SimulatorAddress(running.baseUri(), running.caBundle());
    final Target target = Target.of(provider, model);
    final Configuration defaults = Configuration.of(List.of(target));
    return new RoundPlan(
        Path.of(""),
        0,
        SEED,
        0,
        "",
        SimulatorPaths.rehearsal(target, address)
            .orElseThrow(
                () ->
                    new IOException(
                        provider
                            + " can't be measured without a configuration: use scripts/bench"
                            + " --config")),
        defaults.workload(),
        Load.Closed.of(STREAMS_BY_HAND, BY_HAND_IN_FLIGHT),
        defaults.deadlines(),
        defaults.limits().of(target),
        Carried.NOTHING,
        defaults.safeguards().errorStop(),
        0,
        defaults.http2(),
        defaults.connections(),
        defaults.maxStreamBytes(),
        defaults.maxEventBytes(),
        address,
        true,
        0,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Where it listens, once {@link #planFor} has started it. */
  static synchronized Optional<SimulatorAddress> address() {
    return Optional.ofNullable(running)
        .map(process -> new SimulatorAddress(process.baseUri(), process.caBundle()));
  }
}
