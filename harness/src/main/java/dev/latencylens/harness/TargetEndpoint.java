package dev.latencylens.harness;

import dev.latencylens.harness.config.HeaderValue;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.secret.Secret;
import dev.latencylens.harness.transport.Endpoint;
import dev.latencylens.harness.transport.EnvironmentProxies;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens the endpoint of a target: its dialect, its headers, and the credentials it asks with. */
public final class TargetEndpoint {
  private static final EnvironmentProxies PROXIES = new EnvironmentProxies(System.getenv());

  private TargetEndpoint() {}

  /**
   * Opens an endpoint. Sends nothing.
   *
   * @param target whose endpoint
   * @param providers where its provider is found
   * @param keys where its keys are found
   * @return the endpoint, whose credentials are to be closed by the caller
   * @throws MissingKeyException if a key is needed that is not there
   * @throws IllegalArgumentException if the target's options are not what its provider takes, or no
   *     endpoint is known: a configuration that was read from a file is never like that; or if the
   *     environment names a proxy that can't be used
   */
  public static Endpoint open(final Target target, final Providers providers, final KeySupply keys)
      throws MissingKeyException {
    final Provider provider = providers.get(target.provider());
    final StreamApi api = api(target, provider);
    final URI baseUrl =
        target
            .baseUrl()
            .or(api::defaultBaseUrl)
            .orElseThrow(
                () -> new IllegalArgumentException("no base URL for target " + target.name()));
    final Map<String, String> literals = new LinkedHashMap<>();
    target
        .headers()
        .forEach(
            (name, value) -> {
              if (value instanceof HeaderValue.Literal literal) {
                literals.put(name, literal.text());
              }
            });
    return new Endpoint(
        target.name(),
        provider.id(),
        api,
        baseUrl,
        target.network(),
        PROXIES.proxyFor(baseUrl, target.network()),
        literals,
        RotatedCredentials.open(
            target, keys, own -> withSecretHeaders(target, provider, own), System::nanoTime));
  }

  private static StreamApi api(final Target target, final Provider provider) {
    try {
      return provider.api(target.options());
    } catch (final OptionException e) {
      throw new IllegalArgumentException(
          "target " + target.name() + ": " + e.option() + " " + e.getMessage(), e);
    }
  }

  private static Credentials credentials(
      final Target target, final Provider provider, final Keys keys) throws MissingKeyException {
    // The simulator plays the service that asks for a key, also to a target whose server asks none.
    return target.key() instanceof KeyReference.None && !keys.madeUp()
        ? Credentials.none()
        : provider.credentials(target.options(), keys);
  }

  private static Credentials withSecretHeaders(
      final Target target, final Provider provider, final TargetKeys keys)
      throws MissingKeyException {
    final Map<String, Secret> secrets = new LinkedHashMap<>();
    for (final Map.Entry<String, HeaderValue> header : target.headers().entrySet()) {
      if (header.getValue() instanceof HeaderValue.Secret secret) {
        secrets.put(header.getKey(), keys.read(secret.places()));
      }
    }
    final Credentials credentials = credentials(target, provider, keys);
    return secrets.isEmpty() ? credentials : new SecretHeaders(credentials, secrets);
  }
}
