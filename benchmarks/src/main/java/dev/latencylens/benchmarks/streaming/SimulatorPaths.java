package dev.latencylens.benchmarks.streaming;

import java.net.URI;
import java.util.Map;

/** Where the simulator serves each provider: at the provider's own paths. */
public final class SimulatorPaths {
  private static final Map<String, String> PATHS =
      Map.of("openai", "/v1", "anthropic", "", "google", "/v1beta");

  private SimulatorPaths() {}

  /**
   * Whether the simulator speaks a provider's dialect.
   *
   * @param provider the provider's id
   * @return true if {@link #baseUrl} knows it
   */
  public static boolean speaks(final String provider) {
    return PATHS.containsKey(provider);
  }

  /**
   * The base URL that a provider's requests are built on.
   *
   * @param simulator scheme, host and port of the simulator
   * @param provider the provider's id
   * @return the base URL, without a trailing slash
   * @throws IllegalArgumentException if the simulator does not speak that provider's dialect
   */
  public static URI baseUrl(final URI simulator, final String provider) {
    final String path = PATHS.get(provider);
    if (path == null) {
      throw new IllegalArgumentException("the simulator does not speak " + provider);
    }
    return URI.create(simulator + path);
  }
}
