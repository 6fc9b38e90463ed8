package dev.latencylens.benchmarks.streaming;

import dev.latencylens.fixtures.simulator.wire.Dialect;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
        .map(base -> target.at(base, Network.trusting(simulator.caBundle())))
        .filter(SimulatorPaths::isAnswered)
        .findFirst();
  }

  /**
   * Whether a request for a model names it. One whose options fix the model can't ask for another.
   *
   * @param target a target with an endpoint
   * @param model the model to ask for
   * @return false where the simulator would play another model
   */
  static boolean asksFor(final Target target, final String model) {
    return request(target, model)
        .filter(
            wire ->
                wire.uri().getRawPath().contains(model)
                    || new String(wire.body(), StandardCharsets.UTF_8).contains(model))
        .isPresent();
  }

  private static boolean isAnswered(final Target target) {
    return request(target, target.model())
        .filter(
            wire -> DIALECTS.stream().anyMatch(dialect -> dialect.answers(wire.uri().getRawPath())))
        .isPresent();
  }

  private static Optional<WireRequest> request(final Target target, final String model) {
    try {
      return Optional.of(
          Providers.load()
              .get(target.provider())
              .api(target.options())
              .encode(
                  target.baseUrl().orElseThrow(),
                  StreamRequest.of("rehearsal", model, "Anyone there?", 1)));
    } catch (final OptionException e) {
      return Optional.empty();
    }
  }
}
