package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.StreamingHarness;
import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MadeUpKeys;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The client that a round measures with, and whom it asks.
 *
 * @param harness the client
 * @param settings how it carries streams
 * @param target what is measured
 * @param simulator where warm-up streams go, and the canary's
 */
record RoundClient(
    StreamingHarness harness, TransportSettings settings, Endpoint target, Endpoint simulator)
    implements AutoCloseable {
  private static final Target ANY_DIALECT = Target.of("openai", SimulatedModels.WARM_UP);

  /**
   * Opens what a plan asks for.
   *
   * @param users how many threads will ask
   * @throws IOException if a key is missing, or a CA bundle can't be read
   */
  static RoundClient open(final RoundPlan plan, final int users) throws IOException {
    final Providers providers = Providers.load().with(plan.dialects());
    final Endpoint target = endpoint(plan.target(), providers, plan.handover());
    // What the simulator does not speak is warmed up with another dialect.
    final Endpoint simulator =
        endpoint(
            SimulatorPaths.rehearsal(plan.target(), plan.simulator())
                .filter(same -> SimulatorPaths.asksFor(same, SimulatedModels.WARM_UP))
                .or(() -> SimulatorPaths.rehearsal(ANY_DIALECT, plan.simulator()))
                .orElseThrow(),
            providers,
            Optional.empty());
    // A pool smaller than the streams in flight would be a queue that nobody measures. And one
    // connection more for each stream of the canary.
    final int connections =
        Math.min(
            Connections.MOST,
            Math.max(users, plan.load().mostInFlight()) + Math.max(1, plan.canaryStreams()));
    final TransportSettings settings =
        new TransportSettings(
            plan.deadlines(),
            plan.http2(),
            plan.connections().withRoomFor(connections).keepingIdle(connections),
            plan.maxStreamBytes(),
            plan.maxEventBytes(),
            !plan.textKey().isEmpty());
    return new RoundClient(
        StreamingHarness.open(settings, List.of(target, simulator)), settings, target, simulator);
  }

  private static Endpoint endpoint(
      final Target target, final Providers providers, final Optional<RoundPlan.Handover> handover)
      throws IOException {
    try {
      return TargetEndpoint.open(
          target, providers, handover.<KeySupply>map(HandedKeys::from).orElseGet(MadeUpKeys::new));
    } catch (final MissingKeyException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    harness.close();
    target.credentials().close();
    simulator.credentials().close();
  }
}
