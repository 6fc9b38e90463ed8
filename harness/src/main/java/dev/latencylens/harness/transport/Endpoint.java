package dev.latencylens.harness.transport;

import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.StreamApi;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where streams are asked for.
 *
 * @param name the target's name, for messages
 * @param provider the provider's id, for the record
 * @param api the dialect that is spoken
 * @param baseUrl the endpoint, without a trailing slash
 * @param network how its connections are made
 * @param proxy through which proxy
 * @param headers headers without secrets that each request has beside the dialect's own, which they
 *     replace
 * @param credentials what proves who asks
 */
public record Endpoint(
    String name,
    String provider,
    StreamApi api,
    URI baseUrl,
    Network network,
    Optional<Proxy> proxy,
    Map<String, String> headers,
    Credentials credentials) {

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if the URL has no host
   */
  public Endpoint {
    if (baseUrl.getHost() == null) {
      throw new IllegalArgumentException("the base URL of " + name + " has no host");
    }
    headers = Map.copyOf(headers);
  }

  /**
   * The scheme, host and port of the endpoint, the port filled in.
   *
   * @return such as {@code https://api.example.com:443}
   */
  public String origin() {
    return baseUrl.getScheme() + "://" + hostAndPort();
  }

  String hostAndPort() {
    final int port = baseUrl.getPort() >= 0 ? baseUrl.getPort() : secure() ? 443 : 80;
    return baseUrl.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  private boolean secure() {
    return "https".equalsIgnoreCase(baseUrl.getScheme());
  }
}
