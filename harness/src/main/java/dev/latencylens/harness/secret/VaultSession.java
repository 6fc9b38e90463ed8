package dev.latencylens.harness.secret;

import dev.latencylens.harness.secret.VaultSettings.Login;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.AuthResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Talks to one Vault with one token: one that is there already, or one that a login gives, which is
 * got anew before it runs out and given back at the end. Confined to one thread at a time.
 */
final class VaultSession implements AutoCloseable {
  private static final int CONNECT_SECONDS = 5;
  private static final int READ_SECONDS = 10;

  /** A login's token is got anew while it is still good for a reading. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final VaultSettings settings;
  private final Map<String, String> environment;
  private final VaultKeys.Lookup lookup;
  private @Nullable VaultConfig session;
  private boolean loggedIn;
  private long renewAt;

  VaultSession(
      final VaultSettings settings,
      final Map<String, String> environment,
      final VaultKeys.Lookup lookup) {
    this.settings = settings;
    this.environment = environment;
    this.lookup = lookup;
  }

  /**
   * Vault, with a token that should still be good.
   *
   * @param engine the version of the key-value engine that will be asked
   */
  Vault open(final int engine) throws KeyAccessException {
    if (loggedIn && System.nanoTime() - renewAt >= 0) {
      forget();
    }
    VaultConfig open = session;
    if (open == null) {
      open = login();
      session = open;
    }
    return Vault.create(open, engine);
  }

  /** Forgets the token, so that the next reading gets another; false if that would not help. */
  boolean renew() {
    final boolean fresh = loggedIn || settings.login() instanceof Login.Token;
    forget();
    return fresh;
  }

  private void forget() {
    session = null;
    loggedIn = false;
  }

  private VaultConfig login() throws KeyAccessException {
    final Login login = settings.login();
    if (login instanceof Login.Token own) {
      return connect(Optional.of(token(own)));
    }
    final Vault anonymous = Vault.create(connect(Optional.empty()));
    final AuthResponse granted;
    try {
      if (login instanceof Login.AppRole role) {
        granted =
            anonymous
                .auth()
                .loginByAppRole(role.mount(), need(role.roleId()), need(role.secretId()));
      } else {
        final Login.Kubernetes pod = (Login.Kubernetes) login;
        granted =
            anonymous
                .auth()
                .loginByKubernetes(
                    pod.role(), accountToken(pod.tokenFile()), "auth/" + pod.mount());
      }
    } catch (final VaultException e) {
      if (e.getHttpStatusCode() == 400 || e.getHttpStatusCode() == 403) {
        throw new KeyAccessException(
            "Vault refuses the login: check the role, its secret and where the method is mounted");
      }
      throw unreachable(e);
    }
    final String token = granted.getAuthClientToken();
    if (token == null || token.isEmpty()) {
      throw new KeyAccessException("Vault's answer to the login holds no token");
    }
    loggedIn = true;
    final long lease = TimeUnit.SECONDS.toNanos(granted.getAuthLeaseDuration());
    renewAt =
        System.nanoTime()
            + (lease == 0 ? Long.MAX_VALUE / 2 : Math.max(lease / 2, lease - MARGIN.toNanos()));
    return connect(Optional.of(token));
  }

  private VaultConfig connect(final Optional<String> token) throws KeyAccessException {
    try {
      final HttpClient.Builder http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(CONNECT_SECONDS))
              // The token must not follow to another host.
              .followRedirects(HttpClient.Redirect.NEVER);
      final SslConfig tls = new SslConfig().verify(true);
      if (settings.caBundle().isPresent()) {
        tls.pemFile(settings.caBundle().get().toFile());
        http.sslContext(tls.build().getSslContext());
      }
      final VaultConfig config =
          new VaultConfig()
              .environmentLoader(new NoEnvironment())
              .address(address().toString())
              .openTimeout(CONNECT_SECONDS)
              .readTimeout(READ_SECONDS)
              .sslConfig(tls)
              .httpClient(http.build());
      final Optional<String> namespace = settings.namespace().or(() -> variable("VAULT_NAMESPACE"));
      if (namespace.isPresent()) {
        config.nameSpace(namespace.get());
      }
      token.ifPresent(config::token);
      return config.build();
    } catch (final VaultException e) {
      throw new KeyAccessException(
          "Vault can't be set up: check vault.address and vault.ca_bundle");
    }
  }

  private URI address() throws KeyAccessException {
    if (settings.address().isPresent()) {
      return settings.address().get();
    }
    final String given =
        variable("VAULT_ADDR")
            .orElseThrow(
                () -> new KeyAccessException("set VAULT_ADDR, or vault.address in the file"));
    try {
      final URI address = new URI(given);
      final String host = Optional.ofNullable(address.getHost()).orElse("");
      final boolean loopback =
          host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
      if ("https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && loopback)) {
        return address;
      }
    } catch (final URISyntaxException malformed) {
      // As with any other address that can't be used.
    }
    throw new KeyAccessException(
        "VAULT_ADDR must begin with https://, or be http on loopback: the token would travel in"
            + " the clear");
  }

  private String token(final Login.Token login) throws KeyAccessException {
    if (login.token().isPresent()) {
      return need(login.token().get());
    }
    final Optional<String> variable = variable("VAULT_TOKEN");
    if (variable.isPresent()) {
      return variable.get();
    }
    final Path file = Path.of(System.getProperty("user.home"), ".vault-token");
    final Optional<FoundKey> kept = lookup.find(new KeyLocation.KeyFile(file));
    if (kept.isEmpty()) {
      throw new KeyAccessException("set VAULT_TOKEN, or log in with vault login");
    }
    return text(kept.get());
  }

  private String need(final KeyLocation place) throws KeyAccessException {
    final Optional<FoundKey> found = lookup.find(place);
    if (found.isEmpty()) {
      throw new KeyAccessException("Vault's login needs " + place.inWords() + ", which is not set");
    }
    return text(found.get());
  }

  private static String text(final FoundKey key) {
    final List<String> value = new ArrayList<>();
    try (Secret secret = key.secret()) {
      secret.use(value::add);
    }
    return value.get(0);
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

  private Optional<String> variable(final String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** In words of our own: the driver's may hold the server's, which may hold anything. */
  KeyAccessException unreachable(final VaultException cause) {
    Throwable reason = cause;
    for (int depth = 0; reason != null && depth < 20; depth++) {
      if (reason instanceof SSLException) {
        return new KeyAccessException(
            "Vault's certificate is not trusted: name its authority as vault.ca_bundle");
      }
      reason = reason.getCause();
    }
    return new KeyAccessException(
        cause.getHttpStatusCode() > 0
            ? "Vault answered with status " + cause.getHttpStatusCode() + ": is it unsealed?"
            : "Vault can't be reached: check vault.address or VAULT_ADDR");
  }

  /** Gives back a token that a login gave. */
  @Override
  public void close() {
    final VaultConfig open = session;
    if (open != null && loggedIn) {
      try {
        Vault.create(open).auth().revokeSelf();
      } catch (final VaultException e) {
        // It runs out by itself.
      }
    }
    forget();
  }

  /** The environment is read here and not by the driver, which knows no rule for the address. */
  private static final class NoEnvironment extends EnvironmentLoader {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable String loadVariable(final String name) {
      return null;
    }
  }
}
