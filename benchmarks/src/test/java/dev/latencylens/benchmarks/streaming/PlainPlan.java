package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.ModelPrice;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.Workload;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A round's plan with defaults for all that a test does not ask of it. */
final class PlainPlan {
  private PlainPlan() {}

  static RoundPlan of(
      final Path run,
      final Target target,
      final Workload workload,
      final boolean simulated,
      final Optional<ModelPrice> price) {
    final Configuration defaults = Configuration.of(List.of(target));
    return new RoundPlan(
        run,
        1,
        -5,
        2,
        "c001",
        target,
        workload,
        Load.Closed.DEFAULT,
        defaults.deadlines(),
        defaults.limits().of(target),
        Carried.NOTHING,
        defaults.safeguards().errorStop(),
        0,
        defaults.http2(),
        defaults.connections(),
        defaults.maxStreamBytes(),
        defaults.maxEventBytes(),
        new SimulatorAddress(URI.create("http://127.0.0.1:1"), Optional.empty()),
        simulated,
        1,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        price,
        List.of());
  }
}
