package dev.latencylens.harness.secret;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How HashiCorp Vault is reached, and who asks.
 *
 * @param address such as {@code https://vault.example.com:8200}; {@code VAULT_ADDR} if empty
 * @param namespace the namespace, which Vault Enterprise has; {@code VAULT_NAMESPACE} if empty
 * @param caBundle certificate authorities in PEM that are trusted instead of the JDK's
 * @param login how a token is got
 */
public record VaultSettings(
    Optional<URI> address, Optional<String> namespace, Optional<Path> caBundle, Login login) {

  /** As Vault's own command finds it: {@code VAULT_ADDR}, {@code VAULT_TOKEN} and the rest. */
  public static final VaultSettings FROM_ENVIRONMENT =
      new VaultSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), new Login.Token(Optional.empty()));

  /** How a token is got. */
  public sealed interface Login {
    /**
     * A token that is there already.
     *
     * @param token where it is; {@code VAULT_TOKEN}, then {@code ~/.vault-token}, if empty
     */
    record Token(Optional<KeyLocation> token) implements Login {}

    /**
     * A role for programs.
     *
     * @param mount where the method is mounted, by default {@code approle}
     * @param roleId where the role's id is
     * @param secretId where its secret is
     */
    record AppRole(String mount, KeyLocation roleId, KeyLocation secretId) implements Login {}

    /**
     * The service account of a Kubernetes pod.
     *
     * @param mount where the method is mounted, by default {@code kubernetes}
     * @param role the role to take
     * @param tokenFile the service account's token, by default where Kubernetes puts it
     */
    record Kubernetes(String mount, String role, Path tokenFile) implements Login {}
  }
}
