package dev.latencylens.harness.config;

import dev.latencylens.harness.secret.VaultSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where keys are found.
 *
 * @param byProvider for each provider's id what holds for its targets that name no key themselves
 * @param vault how HashiCorp Vault is reached
 * @param dotEnv the {@code .env} file that is looked at after a provider's own environment variable
 */
public record KeySettings(
    Map<String, KeyReference> byProvider, VaultSettings vault, Optional<Path> dotEnv) {

  /** Each provider's own environment variable, and no file. */
  public static final KeySettings DEFAULT =
      new KeySettings(Map.of(), VaultSettings.FROM_ENVIRONMENT, Optional.empty());

  /** Copies the map. */
  public KeySettings {
    byProvider = Map.copyOf(byProvider);
  }

  /** What a target's reference stands for, given what its provider has. */
  KeyReference of(final String provider, final KeyReference own) {
    return own instanceof KeyReference.ProviderDefault
        ? byProvider.getOrDefault(provider, own)
        : own;
  }
}
