package dev.latencylens.harness.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Which proxy a target is reached through.
 *
 * @param fromEnvironment whether {@code HTTPS_PROXY} and {@code NO_PROXY} say so
 * @param url the proxy where the configuration names one: {@code http}, a host and a port
 */
public record ProxyChoice(boolean fromEnvironment, Optional<URI> url) {
  /** What the environment says: the default. */
  public static final ProxyChoice FROM_ENVIRONMENT = new ProxyChoice(true, Optional.empty());

  /** None, whatever the environment says. */
  public static final ProxyChoice NONE = new ProxyChoice(false, Optional.empty());

  private static final String FORM = "none, or a URL such as http://proxy.example.com:3128";
  private static final String NONE_TEXT = "none";

  /**
   * Checks the URL.
   *
   * @throws IllegalArgumentException if it is not http with a host and a port alone, or stands
   *     beside {@code fromEnvironment}
   */
  public ProxyChoice {
    if (fromEnvironment && url.isPresent()) {
      throw new IllegalArgumentException("a proxy is named or found in the environment");
    }
    url.ifPresent(ProxyChoice::check);
  }

  static ValueType<ProxyChoice> type() {
    return new ScalarType<>(
        FORM,
        Set.of(Tag.STR),
        (text, reading) -> parse(text),
        choice -> choice.url().map(URI::toString).orElse(NONE_TEXT));
  }

  private static Optional<ProxyChoice> parse(final String text) {
    if (text.equals(NONE_TEXT)) {
      return Optional.of(NONE);
    }
    try {
      return Optional.of(new ProxyChoice(false, Optional.of(new URI(text))));
    } catch (final URISyntaxException malformed) {
      return Optional.empty();
    }
  }

  private static void check(final URI url) {
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "must not hold a user name or password: put the proxy into HTTPS_PROXY with them");
    }
    final boolean bare =
        url.getHost() != null
            && url.getPort() > 0
            && url.getRawQuery() == null
            && (url.getRawPath() == null || url.getRawPath().matches("/?"));
    if (!bare || !"http".equals(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "must be " + FORM + "; the connection within is encrypted to the service itself");
    }
  }
}
