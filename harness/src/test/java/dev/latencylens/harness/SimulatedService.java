package dev.latencylens.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.fixtures.simulator.Simulator;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.harness.config.BundledDialects;
import dev.latencylens.harness.config.Connections;
import dev.latencylens.harness.config.Deadlines;
import dev.latencylens.harness.config.Http2;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.limit.RateLimiter;
import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.KeyRing;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.VaultSettings;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.TransportSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A simulator, and a harness that reads it over real sockets and TLS. */
final class SimulatedService implements AutoCloseable {
  static final String KEY = "a-made-up-key";
  static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60));

  private static final Map<String, String> PATHS =
      Map.of("openai", "/v1", "anthropic", "", "google", "/v1beta");

  private final Simulator simulator;
  private final StreamingHarness harness;
  private final Endpoint endpoint;

  SimulatedService(
      final String provider,
      final SimulatorOptions options,
      final Deadlines deadlines,
      final Http2 http2,
      final long maxStreamBytes)
      throws IOException {
    simulator = Simulator.start(options);
    endpoint =
        endpoint(
            provider,
            URI.create(simulator.baseUri() + PATHS.getOrDefault(provider, "/" + provider + "/v1")),
            simulator.caPem());
    harness = open(endpoint, deadlines, http2, maxStreamBytes);
  }

  static StreamingHarness open(
      final Endpoint endpoint,
      final Deadlines deadlines,
      final Http2 http2,
      final long maxStreamBytes)
      throws IOException {
    return StreamingHarness.open(
        new TransportSettings(
            deadlines,
            http2,
            Connections.DEFAULT.withRoomFor(200),
            maxStreamBytes,
            maxStreamBytes,
            false),
        List.of(endpoint));
  }

  static Endpoint endpoint(
      final String provider, final URI baseUrl, final Optional<Path> caBundle) {
    return endpoint(provider, baseUrl, Network.trusting(caBundle));
  }

  static Endpoint endpoint(final String provider, final URI baseUrl, final Network network) {
    try {
      return TargetEndpoint.open(
          Target.of(provider, "any").at(baseUrl, network),
          Providers.load(),
          new KeyRing(environment(), Optional.empty(), VaultSettings.FROM_ENVIRONMENT));
    } catch (final MissingKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> environment() {
    final Map<String, String> environment =
        new HashMap<>(
            Map.of("OPENAI_API_KEY", KEY, "ANTHROPIC_API_KEY", KEY, "GEMINI_API_KEY", KEY));
    for (final ChatDialect dialect : new BundledDialects().dialects()) {
      dialect.keyVariable().ifPresent(variable -> environment.put(variable, KEY));
    }
    return environment;
  }

  /** Asks for one stream and waits for its end. */
  static StreamRecord alone(final Endpoint endpoint, final Deadlines deadlines, final Http2 http2)
      throws Exception {
    try (StreamingHarness harness = open(endpoint, deadlines, http2, 64L << 20)) {
      return start(harness, endpoint, "any").get();
    }
  }

  Simulator simulator() {
    return simulator;
  }

  CompletableFuture<StreamRecord> start(final String model) {
    return start(harness, endpoint, model);
  }

  static CompletableFuture<StreamRecord> start(
      final StreamingHarness harness, final Endpoint endpoint, final String model) {
    return harness.stream(
        endpoint,
        RateLimiter.unlimited(System::nanoTime),
        StreamRequest.of("r1", model, "Say hello.", 500),
        System.nanoTime());
  }

  /** A record is there a moment before its connection is back in the pool. */
  static void awaitIdle(final StreamingHarness harness) {
    final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!harness.holdings().areIdle()) {
      assertThat(System.nanoTime() - until).as("left: %s", harness.holdings()).isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Override
  public void close() {
    harness.close();
    simulator.close();
  }
}
