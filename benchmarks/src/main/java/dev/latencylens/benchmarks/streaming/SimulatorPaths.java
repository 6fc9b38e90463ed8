package dev.latencylens.benchmarks.streaming;

import dev.latencylens.fixtures.simulator.wire.Dialect;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where the simulator serves what a target asks for: at the provider's own paths. */
public final class SimulatorPaths {
  private static final List<Dialect> DIALECTS = Dialect.all();

  private SimulatorPaths() {}

  /**
   * The same target at the simulator.
   *
   * @param target any target
   * @param simulator where the simulator listens
   * @return the target with the simulator's endpoint and authority; empty if the simulator does not
   *     answer at the path that this target asks
   */
  public static Optional<Target> rehearsal(final Target target, final SimulatorAddress simulator) {
    return DIALECTS.stream()
        .filter(dialect -> dialect.provider().equals(target.provider()))
        .map(dialect -> URI.create(simulator.baseUrl() + dialect.basePath()))
        .distinct()
        .map(base -> target.at(base, simulator.caBundle()))
        .filter(SimulatorPaths::isAnswered)
        .findFirst();
  }

  private static boolean isAnswered(final Target target) {
    final URI asked;
    try {
      asked =
          Providers.load()
              .get(target.provider())
              .api(target.options())
              .encode(
                  target.baseUrl().orElseThrow(),
                  StreamRequest.of("rehearsal", target.model(), "Anyone there?", 1))
              .uri();
    } catch (final OptionException e) {
      return false;
    }
    return DIALECTS.stream().anyMatch(dialect -> dialect.answers(asked.getRawPath()));
  }
}
