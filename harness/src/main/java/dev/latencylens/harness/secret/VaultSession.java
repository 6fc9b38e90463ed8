package dev.latencylens.harness.secret;

import dev.latencylens.harness.secret.VaultSettings.Login;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Auth;
import io.github.jopenlibs.vault.response.AuthResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Talks to one Vault with one token: one that is there already, or one that a login gives, which is
 * renewed before it runs out and given back at the end. Confined to one thread at a time.
 */
final class VaultSession implements AutoCloseable {
  /** A login's token is renewed while it is still good for a reading. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private static final Duration PATIENCE_ON_CLOSE = Duration.ofSeconds(2);

  private final VaultSettings settings;
  private final VaultConnection connection;
  private final VaultKeys.Lookup lookup;
  private final LongSupplier nanoTime;
  private final Duration patience;
  private @Nullable Secret token;
  private boolean loggedIn;
  private boolean renewable;
  private long renewAt;

  /**
   * Prepares to ask.
   *
   * @param nanoTime the clock that says when a token runs out
   * @param patience how long a call may take in all
   */
  VaultSession(
      final VaultSettings settings,
      final VaultConnection connection,
      final VaultKeys.Lookup lookup,
      final LongSupplier nanoTime,
      final Duration patience) {
    this.settings = settings;
    this.connection = connection;
    this.lookup = lookup;
    this.nanoTime = nanoTime;
    this.patience = patience;
  }

  /** Asks Vault, with a token that should still be good. */
  <T> T ask(final VaultConnection.Call<T> call) throws KeyAccessException {
    if (loggedIn && nanoTime.getAsLong() - renewAt >= 0 && !renewed()) {
      forget();
    }
    Secret current = token;
    if (current == null) {
      current = settings.login() instanceof Login.Token own ? kept(own) : login();
      token = current;
    }
    try {
      return connection.ask(Optional.of(current), patience, call);
    } catch (final VaultException told) {
      throw VaultConnection.failure(told);
    }
  }

  /** Forgets the token, so that the next call gets another. */
  void forget() {
    final Secret current = token;
    if (current != null) {
      current.close();
    }
    token = null;
    loggedIn = false;
  }

  /** Keeps the token for longer: the secret of a role may be good for one login only. */
  private boolean renewed() {
    if (!renewable) {
      return false;
    }
    try {
      final AuthResponse granted =
          connection.ask(
              Optional.ofNullable(token), patience, config -> new Auth(config).renewSelf());
      keepFor(granted);
      // What is near the end of its longest life is not worth another round.
      return granted.getAuthLeaseDuration() > MARGIN.toSeconds();
    } catch (final VaultException | KeyAccessException e) {
      return false;
    }
  }

  private Secret login() throws KeyAccessException {
    final AuthResponse granted;
    try {
      granted = connection.ask(Optional.empty(), patience, credentials());
    } catch (final VaultException told) {
      if (told.getHttpStatusCode() == 400 || told.getHttpStatusCode() == 403) {
        throw new KeyAccessException(
            "Vault refuses the login: check the role, its secret and where the method is mounted");
      }
      throw VaultConnection.failure(told);
    }
    final String given = granted.getAuthClientToken();
    if (given == null || given.isEmpty()) {
      throw new KeyAccessException("Vault's answer to the login holds no token: check its address");
    }
    final Secret secret = secret(given, "the token that Vault gave");
    keepFor(granted);
    loggedIn = true;
    return secret;
  }

  private void keepFor(final AuthResponse granted) {
    final long lease = TimeUnit.SECONDS.toNanos(granted.getAuthLeaseDuration());
    renewable = granted.isAuthRenewable();
    renewAt =
        nanoTime.getAsLong()
            + (lease == 0 ? Long.MAX_VALUE / 2 : Math.max(lease / 2, lease - MARGIN.toNanos()));
  }

  private VaultConnection.Call<AuthResponse> credentials() throws KeyAccessException {
    if (settings.login() instanceof Login.AppRole role) {
      final String roleId = text(need(role.roleId()));
      final String secretId = text(need(role.secretId()));
      return config -> new Auth(config).loginByAppRole(role.mount(), roleId, secretId);
    }
    final Login.Kubernetes pod = (Login.Kubernetes) settings.login();
    final String account = accountToken(pod.tokenFile());
    return config -> new Auth(config).loginByKubernetes(pod.role(), account, "auth/" + pod.mount());
  }

  private Secret kept(final Login.Token login) throws KeyAccessException {
    if (login.token().isPresent()) {
      return need(login.token().get());
    }
    final Optional<String> variable = connection.variable("VAULT_TOKEN");
    if (variable.isPresent()) {
      return secret(variable.get(), "VAULT_TOKEN");
    }
    final Path file = Path.of(System.getProperty("user.home"), ".vault-token");
    return lookup
        .find(new KeyLocation.KeyFile(file))
        .map(FoundKey::secret)
        .orElseThrow(() -> new KeyAccessException("set VAULT_TOKEN, or log in with vault login"));
  }

  private Secret need(final KeyLocation place) throws KeyAccessException {
    return lookup
        .find(place)
        .map(FoundKey::secret)
        .orElseThrow(
            () ->
                new KeyAccessException(
                    "Vault's login needs " + place.inWords() + ", which is not set"));
  }

  private static Secret secret(final String value, final String name) throws KeyAccessException {
    try {
      return Secret.of(value);
    } catch (final IllegalArgumentException unusable) {
      throw new KeyAccessException(name + " can't be used: " + unusable.getMessage());
    }
  }

  private static String text(final Secret secret) {
    final StringBuilder value = new StringBuilder();
    try (secret) {
      secret.use(value::append);
    }
    return value.toString();
  }

  /** Kubernetes puts it there with the mode it likes, which is not the pod's to choose. */
  private static String accountToken(final Path file) throws KeyAccessException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (final IOException e) {
      throw new KeyAccessException(
          "the service account's token " + file + " can't be read: is this a Kubernetes pod?");
    }
  }

  /** Gives back a token that a login gave; one that was there before is not ours to revoke. */
  @Override
  public void close() {
    if (loggedIn) {
      try {
        connection.ask(
            Optional.ofNullable(token),
            patience.compareTo(PATIENCE_ON_CLOSE) < 0 ? patience : PATIENCE_ON_CLOSE,
            config -> {
              new Auth(config).revokeSelf();
              return true;
            });
      } catch (final VaultException | KeyAccessException e) {
        // It runs out by itself.
      }
    }
    forget();
  }

  /** Shows no token. */
  @Override
  public String toString() {
    return "VaultSession";
  }
}
