package dev.latencylens.harness.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.ProxyChoice;
import dev.latencylens.harness.secret.Redactor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code HTTPS_PROXY} and {@code NO_PROXY} mean. */
final class EnvironmentProxiesTest {
  private static final String PROXY = "http://proxy.lan:3128";

  private static Optional<Proxy> way(final Map<String, String> environment, final String url) {
    return new EnvironmentProxies(environment).proxyFor(URI.create(url), Network.DEFAULT);
  }

  private static Network choosing(final ProxyChoice choice) {
    return new Network(Optional.empty(), Optional.empty(), List.of(), choice, List.of(), false);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, http://proxy.lan:3128",
    "https_proxy, http://proxy.lan:3128",
    "https_proxy, proxy.lan:3128",
    "HTTPS_PROXY, HTTP://proxy.lan:3128/",
  })
  void theProxyIsTakenFromTheEnvironment(final String name, final String value) {
    assertThat(way(Map.of(name, value), "https://api.example.com/v1"))
        .contains(new Proxy("proxy.lan", 3128, Optional.empty()));
  }

  @Test
  void withoutOneTheWayIsDirect() {
    assertThat(way(Map.of(), "https://api.example.com")).isEmpty();
    assertThat(way(Map.of("HTTPS_PROXY", " "), "https://api.example.com")).isEmpty();
    assertThat(way(Map.of("HTTP_PROXY", PROXY), "https://api.example.com")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:8443",
        "https://localhost",
        "https://[::1]:1",
        "http://10.0.0.7:8000"
      })
  void thisMachineAndPlainHttpAreNeverAskedThroughIt(final String url) {
    assertThat(way(Map.of("HTTPS_PROXY", PROXY), url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "*, https://api.example.com, true",
    "example.com, https://api.example.com, true",
    "example.com, https://example.com, true",
    ".example.com, https://api.example.com, true",
    "*.example.com, https://api.example.com, true",
    "EXAMPLE.com, https://api.Example.COM, true",
    "'other.org, example.com', https://api.example.com, true",
    "example.com:443, https://api.example.com, true",
    "example.com:8443, https://api.example.com, false",
    "example.com:8443, https://api.example.com:8443, true",
    "example.com, https://badexample.com, false",
    "ample.com, https://example.com, false",
    "10.0.0.7, https://10.0.0.7, true",
    "10.0.0.7, https://10.0.0.70, false",
    "10.0.0.0/8, https://10.9.8.7, true",
    "10.0.0.0/8, https://11.9.8.7, false",
    "10.0.0.0/99, https://10.9.8.7, false",
    "10.0.0.0/8, https://example.com, false",
    "fd00::/8, 'https://[fd12::1]:8443', true",
    "fd12::1, 'https://[fd12::1]:8443', true",
    "'[fd12::1]:8443', 'https://[fd12::1]:8443', true",
    "'', https://api.example.com, false",
  })
  void exceptionsAreWhatCurlTakesThemFor(
      final String exceptions, final String url, final boolean direct) {
    assertThat(way(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", exceptions), url).isEmpty())
        .isEqualTo(direct);
    assertThat(way(Map.of("https_proxy", PROXY, "no_proxy", exceptions), url).isEmpty())
        .isEqualTo(direct);
  }

  @Test
  void theConfigurationGoesFirst() {
    final EnvironmentProxies proxies =
        new EnvironmentProxies(Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", "*"));
    final URI url = URI.create("https://api.example.com");

    assertThat(
            proxies.proxyFor(
                url, choosing(new ProxyChoice(false, Optional.of(URI.create("http://own:1"))))))
        .contains(new Proxy("own", 1, Optional.empty()));
    assertThat(
            new EnvironmentProxies(Map.of("HTTPS_PROXY", PROXY))
                .proxyFor(url, choosing(ProxyChoice.NONE)))
        .isEmpty();
  }

  @Test
  void aLoginIsASecret() {
    final Proxy proxy =
        way(
                Map.of("HTTPS_PROXY", "http://robot:p%40ss+word-17@proxy.lan:3128"),
                "https://a.example")
            .orElseThrow();

    assertThat(proxy.toString()).doesNotContain("word-17");
    assertThat(Redactor.redact("robot:p@ss+word-17")).isEqualTo("[redacted]");
    proxy.login().orElseThrow().use(login -> assertThat(login).isEqualTo("robot:p@ss+word-17"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://robot:hunter2@proxy.lan:3128",
        "socks5://robot:hunter2@proxy.lan:1080",
        "http://robot:hunter2@proxy.lan",
        "http://robot:hunter2@pro xy.lan:1",
        "http://robot:%zz-hunter2@proxy.lan:1"
      })
  void whatIsNoProxyIsToldWithoutItsPassword(final String value) {
    assertThatThrownBy(() -> way(Map.of("HTTPS_PROXY", value), "https://api.example.com"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }
}
