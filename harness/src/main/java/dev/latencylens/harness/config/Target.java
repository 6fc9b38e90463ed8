package dev.latencylens.harness.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A named provider, model and endpoint.
 *
 * @param name stands in tables and tells targets apart; printable, at most {@link #LONGEST_NAME}
 *     characters
 * @param provider the provider's id
 * @param model the model's id, as the service knows it; never checked against a list
 * @param baseUrl the endpoint, without a trailing slash; the provider's own if empty
 * @param caBundle certificate authorities in PEM that are trusted instead of the JDK's; an absolute
 *     path where it came from a file
 * @param key where the key is found
 */
public record Target(
    String name,
    String provider,
    String model,
    Optional<URI> baseUrl,
    Optional<Path> caBundle,
    KeyReference key) {

  /** The longest name, in characters. */
  public static final int LONGEST_NAME = 200;

  /**
   * Checks the name and the endpoint.
   *
   * @throws IllegalArgumentException if the name is blank, too long or not printable, or the
   *     endpoint is not one that may be asked
   */
  public Target {
    TextRules.requireName("the target's name", name);
    TextRules.requireName("the model", model);
    baseUrl.ifPresent(
        url -> {
          try {
            BaseUrl.check(url);
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
        Optional.empty(),
        new KeyReference.ProviderDefault());
  }

  static String defaultName(final String provider, final String model) {
    return provider + "/" + model;
  }
}
