package dev.latencylens.harness.transport;

import dev.latencylens.harness.address.IpLiteral;
import dev.latencylens.harness.address.Loopback;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.secret.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy the environment wants: {@code HTTPS_PROXY} and {@code NO_PROXY}, in capitals or not,
 * as curl and Go read them. Immutable and thread-safe.
 */
public final class EnvironmentProxies {
  private static final String PROXY = "HTTPS_PROXY";
  private static final String EXCEPTIONS = "NO_PROXY";
  private static final int HTTPS_PORT = 443;

  private final Map<String, String> environment;

  /**
   * Reads an environment.
   *
   * @param environment such as {@link System#getenv()}
   */
  public EnvironmentProxies(final Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The way to an endpoint.
   *
   * @param url the endpoint
   * @param network what its target says of proxies
   * @return the proxy, or empty for the direct way: always for this machine itself, and for plain
   *     http, which a proxy could read
   * @throws IllegalArgumentException if the environment names a proxy that can't be used; the
   *     message holds no password
   */
  public Optional<Proxy> proxyFor(final URI url, final Network network) {
    if (!"https".equalsIgnoreCase(url.getScheme())) {
      return Optional.empty();
    }
    final Optional<URI> configured = network.proxy().url();
    if (configured.isPresent()) {
      return Optional.of(proxy(configured.get(), Optional.empty()));
    }
    if (!network.proxy().fromEnvironment() || Loopback.isHost(url.getHost())) {
      return Optional.empty();
    }
    final String value = variable(PROXY);
    if (value.isEmpty() || excepted(url)) {
      return Optional.empty();
    }
    return Optional.of(parsed(value));
  }

  private String variable(final String name) {
    // The small one first, as curl does: servers once put a header of the client into the other.
    final String small = environment.get(name.toLowerCase(Locale.ROOT));
    final String found = small == null || small.isBlank() ? environment.get(name) : small;
    return found == null ? "" : found.strip();
  }

  private static Proxy parsed(final String value) {
    try {
      final URI uri = new URI(value.contains("://") ? value : "http://" + value);
      if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 1) {
        throw unusable();
      }
      return proxy(uri, login(uri));
    } catch (final URISyntaxException malformed) {
      throw unusable();
    }
  }

  private static Optional<Secret> login(final URI uri) {
    final String user = uri.getRawUserInfo();
    if (user == null || user.isEmpty()) {
      return Optional.empty();
    }
    try {
      // A plus is a plus in user information (RFC 3986), though not in forms.
      final String decoded = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
      return Optional.of(Secret.of(decoded.contains(":") ? decoded : decoded + ":"));
    } catch (final IllegalArgumentException malformed) {
      throw unusable();
    }
  }

  private static Proxy proxy(final URI uri, final Optional<Secret> login) {
    return new Proxy(bare(uri.getHost()), uri.getPort(), login);
  }

  /** There is no cause: it would repeat the value, and that may hold a password. */
  private static IllegalArgumentException unusable() {
    return new IllegalArgumentException(
        "the environment variable HTTPS_PROXY (or https_proxy) is no proxy that can be used: write"
            + " http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, or set proxy: none on the"
            + " target");
  }

  private boolean excepted(final URI url) {
    final String host = bare(url.getHost().toLowerCase(Locale.ROOT));
    final int port = url.getPort() < 0 ? HTTPS_PORT : url.getPort();
    return Arrays.stream(variable(EXCEPTIONS).split("[,\\s]+", -1))
        .map(entry -> entry.toLowerCase(Locale.ROOT))
        .anyMatch(entry -> matches(entry, host, port));
  }

  /**
   * {@code *}, a domain and all below it, an address or a range of them, each maybe with a port.
   */
  private static boolean matches(final String entry, final String host, final int port) {
    if (entry.equals("*")) {
      return true;
    }
    final Optional<InetAddress> address = IpLiteral.parse(host);
    if (entry.contains("/")) {
      return address.isPresent() && inRange(address.get(), entry);
    }
    final int colon = entry.lastIndexOf(':');
    final boolean withPort = colon > 0 && IpLiteral.parse(entry).isEmpty();
    if (withPort && !entry.substring(colon + 1).equals(String.valueOf(port))) {
      return false;
    }
    final String name = bare(withPort ? entry.substring(0, colon) : entry);
    if (address.isPresent()) {
      return IpLiteral.parse(name).filter(address.get()::equals).isPresent();
    }
    final String domain = name.replaceFirst("^\\*?\\.", "");
    return !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain));
  }

  private static boolean inRange(final InetAddress address, final String range) {
    final String[] parts = range.split("/", 2);
    final Optional<InetAddress> network = IpLiteral.parse(parts[0]);
    if (network.isEmpty() || !parts[1].matches("[0-9]{1,3}")) {
      return false;
    }
    final byte[] own = address.getAddress();
    final byte[] other = network.get().getAddress();
    final int bits = Integer.parseInt(parts[1]);
    if (own.length != other.length || bits > own.length * 8) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      final int mask = 0x80 >> (bit % 8);
      if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static String bare(final String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
