package dev.latencylens.benchmarks.streaming;

import java.net.URI;

/** Where the simulator serves each provider: at the provider's own paths. */
public final class SimulatorPaths {
  private SimulatorPaths() {}

  /**
   * The base URL that a provider's requests are built on.
   *
   * @param simulator scheme, host and port of the simulator
   * @param provider the provider's id
   * @return the base URL, without a trailing slash
   * @throws IllegalArgumentException if the simulator does not speak that provider's dialect
   */
  public static URI baseUrl(final URI simulator, final String provider) {
    final String path =
        switch (provider) {
          case "openai" -> "/v1";
          case "anthropic" -> "";
          case "google" -> "/v1beta";
          default -> throw new IllegalArgumentException("the simulator does not speak " + provider);
        };
    return URI.create(simulator + path);
  }
}
