package dev.latencylens.harness.config;

import dev.latencylens.harness.provider.TargetOptions;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A named provider, model and endpoint.
 *
 * @param name stands in tables and tells targets apart; printable, at most {@link #LONGEST_NAME}
 *     characters
 * @param provider the provider's id
 * @param model the model's id, as the service knows it; never checked against a list
 * @param baseUrl the endpoint, without a trailing slash; the provider's own if empty
 * @param network how its connections are made
 * @param key where the key is found
 * @param options what only this provider's targets can say
 * @param headers headers that each request has beside the provider's own, by name
 * @param extraBody a JSON object that is laid over the body of each request
 * @param userId whose requests these are, where it is not the whole run's user
 * @param limits its own limits, in place of those that all targets have
 */
public record Target(
    String name,
    String provider,
    String model,
    Optional<URI> baseUrl,
    Network network,
    KeyReference key,
    TargetOptions options,
    Map<String, HeaderValue> headers,
    Optional<String> extraBody,
    Optional<String> userId,
    Optional<Limits> limits) {

  /** The longest name, in characters. */
  public static final int LONGEST_NAME = 200;

  /**
   * The same at an endpoint.
   *
   * @param endpoint without a trailing slash
   * @param way how its connections are made
   * @return a copy
   */
  public Target at(final URI endpoint, final Network way) {
    return new Target(
        name,
        provider,
        model,
        Optional.of(endpoint),
        way,
        key,
        options,
        headers,
        extraBody,
        userId,
        limits);
  }

  /**
   * The same under another name.
   *
   * @param other printable, at most {@link #LONGEST_NAME} characters
   * @return a copy
   */
  public Target named(final String other) {
    return new Target(
        other, provider, model, baseUrl, network, key, options, headers, extraBody, userId, limits);
  }

  /**
   * The same with another key.
   *
   * @param other where the key is found
   * @return a copy
   */
  public Target withKey(final KeyReference other) {
    return new Target(
        name, provider, model, baseUrl, network, other, options, headers, extraBody, userId,
        limits);
  }

  /**
   * Checks the name and the endpoint.
   *
   * @throws IllegalArgumentException if the name is blank, too long or not printable, or the
   *     endpoint is not one that may be asked
   */
  public Target {
    TextRules.requireName("the target's name", name);
    TextRules.requireName("the model", model);
    headers = Map.copyOf(headers);
    baseUrl.ifPresent(
        url -> {
          try {
            BaseUrl.check(url);
            network.check(url);
          } catch (final IllegalArgumentException refused) {
            throw new IllegalArgumentException("the base URL " + refused.getMessage(), refused);
          }
        });
  }

  /**
   * A target with the provider's own endpoint and key variable.
   *
   * @param provider the provider's id
   * @param model the model's id
   * @return the target, named {@code provider/model}
   */
  public static Target of(final String provider, final String model) {
    return new Target(
        defaultName(provider, model),
        provider,
        model,
        Optional.empty(),
        Network.DEFAULT,
        new KeyReference.ProviderDefault(),
        TargetOptions.NONE,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Whether all that this target is sent and answers leaves this machine unencrypted: plain http,
   * as its configuration allows expressly.
   *
   * @return false for a target without an endpoint of its own, as no provider's is like that
   */
  public boolean plaintext() {
    return baseUrl.filter(Network::isPlaintext).isPresent();
  }

  static String defaultName(final String provider, final String model) {
    return provider + "/" + model;
  }
}
