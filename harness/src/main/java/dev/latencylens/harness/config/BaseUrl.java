package dev.latencylens.harness.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What an endpoint looks like: http or https, a host, maybe a port and a path. */
final class BaseUrl {
  private static final int LAST_PORT = 65_535;

  private BaseUrl() {}

  /**
   * A value of the file that is an endpoint, wherever it is: whether it may be asked is for its
   * {@link Network} to say.
   *
   * @param example of what it looks like
   */
  static ValueType<URI> anywhere(final String example) {
    return type(example, url -> {});
  }

  /**
   * A value of the file that is an endpoint to be asked over https, or on loopback.
   *
   * @param example of what it looks like
   */
  static ValueType<URI> encrypted(final String example) {
    return type(example, Network.DEFAULT::check);
  }

  private static ValueType<URI> type(final String example, final Consumer<URI> check) {
    return new ScalarType<>(
        "a URL such as " + example,
        Set.of(Tag.STR),
        (text, reading) -> {
          final URI url = parse(text);
          check.accept(url);
          return Optional.of(url);
        },
        URI::toString);
  }

  /**
   * Reads an endpoint.
   *
   * @return the endpoint without a trailing slash, scheme and host in lower case
   * @throws IllegalArgumentException if it may not be asked; the message does not repeat it, as
   *     credentials are sometimes pasted into URLs
   */
  static URI parse(final String text) {
    final URI uri;
    try {
      uri = new URI(text);
    } catch (final URISyntaxException malformed) {
      throw new IllegalArgumentException(
          "is not a URL such as https://api.example.com/v1", malformed);
    }
    check(uri);
    final String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    final String path = uri.getRawPath().replaceAll("/+$", "");
    return URI.create(
        uri.getScheme().toLowerCase(Locale.ROOT)
            + "://"
            + uri.getHost().toLowerCase(Locale.ROOT)
            + port
            + path);
  }

  static void check(final URI uri) {
    final String scheme = uri.getScheme();
    if (uri.getRawUserInfo() != null
        || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
      throw new IllegalArgumentException(
          "must not hold a user name or password; the key comes from the environment");
    }
    if (scheme == null || uri.getHost() == null || uri.getPort() > LAST_PORT) {
      throw new IllegalArgumentException("is not a URL such as https://api.example.com/v1");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must end with the path: no query and no fragment");
    }
    if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
      throw new IllegalArgumentException("must begin with https://");
    }
  }
}
