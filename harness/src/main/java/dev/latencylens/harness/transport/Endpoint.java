package dev.latencylens.harness.transport;

import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where streams are asked for.
 *
 * @param name the target's name, for messages
 * @param provider the service's dialect
 * @param baseUrl the endpoint, without a trailing slash
 * @param caBundle certificate authorities in PEM that are trusted instead of the JDK's
 * @param key the credentials; none for a service that needs none
 */
public record Endpoint(
    String name, Provider provider, URI baseUrl, Optional<Path> caBundle, Optional<Secret> key) {

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
