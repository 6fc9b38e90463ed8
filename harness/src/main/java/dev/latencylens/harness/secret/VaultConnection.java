package dev.latencylens.harness.secret;

import dev.latencylens.harness.address.Loopback;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way to one Vault: where it is, whom to trust and how long to wait. The driver's own TLS is
 * not used: of a CA bundle it takes the first certificate alone, and no TLS above 1.2. Confined to
 * one thread at a time.
 */
final class VaultConnection {
  private static final int CONNECT_SECONDS = 5;
  private static final int READ_SECONDS = 10;

  /** For a call in all. The driver bounds the wait for an answer, but not the answer's length. */
  static final Duration PATIENCE = Duration.ofSeconds(CONNECT_SECONDS + READ_SECONDS);

  private final VaultSettings settings;
  private final Map<String, String> environment;
  private @Nullable HttpClient http;

  VaultConnection(final VaultSettings settings, final Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** One request to Vault, by way of the driver. */
  @FunctionalInterface
  interface Call<T> {
    T on(VaultConfig config) throws VaultException;
  }

  /**
   * Asks Vault.
   *
   * @param token who asks; nobody in particular, as before a login, if empty
   * @param patience how long the call may take in all
   * @throws VaultException as the driver does; for {@link #failure}, as it may hold what was said
   */
  <T> T ask(final Optional<Secret> token, final Duration patience, final Call<T> call)
      throws KeyAccessException, VaultException {
    final VaultConfig config = config();
    token.ifPresent(secret -> secret.use(config::token));
    final FutureTask<T> answer = new FutureTask<>(() -> call.on(config));
    final Thread asking = new Thread(answer, "latency-lens-vault");
    asking.setDaemon(true);
    asking.start();
    try {
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (final TimeoutException late) {
      throw late();
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof VaultException told) {
        throw told;
      }
      throw new KeyAccessException("what answers is not Vault: check vault.address or VAULT_ADDR");
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyAccessException("interrupted while Vault was asked");
    } finally {
      answer.cancel(true);
    }
  }

  /** In words of our own: the driver's may hold the server's, which may hold anything. */
  static KeyAccessException failure(final VaultException told) {
    Throwable reason = told;
    for (int depth = 0; reason != null && depth < 20; depth++) {
      if (reason instanceof SSLHandshakeException) {
        return new KeyAccessException(
            "Vault's certificate is not trusted, or is for another name: name its authority as"
                + " vault.ca_bundle");
      }
      if (reason instanceof SSLException) {
        return new KeyAccessException("Vault does not speak TLS there: check the port of its URL");
      }
      if (reason instanceof HttpTimeoutException
          && !(reason instanceof HttpConnectTimeoutException)) {
        return late();
      }
      reason = reason.getCause();
    }
    final int status = told.getHttpStatusCode();
    return status > 0
        ? answered(status)
        : new KeyAccessException("Vault can't be reached: check vault.address or VAULT_ADDR");
  }

  /** What a status means that no reading should get. */
  static KeyAccessException answered(final int status) {
    final String advice;
    if (status == 503) {
      advice = "it is sealed or not set up: vault status tells";
    } else if (status == 429) {
      advice = "it limits how often it is asked: try again later";
    } else if (status >= 300 && status < 400) {
      advice = "a token does not follow a redirect: give the address of the active node";
    } else if (status == 400) {
      advice = "check the path, and the namespace";
    } else {
      advice = "its log tells more";
    }
    return new KeyAccessException("Vault answered with status " + status + ": " + advice);
  }

  private static KeyAccessException late() {
    return new KeyAccessException("Vault does not answer in time: check vault.address, or its log");
  }

  /** An environment variable that is not blank. */
  Optional<String> variable(final String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private VaultConfig config() throws KeyAccessException {
    final VaultConfig config =
        new VaultConfig()
            .environmentLoader(new NoEnvironment())
            .address(address().toString())
            .openTimeout(CONNECT_SECONDS)
            .readTimeout(READ_SECONDS)
            .sslConfig(new SslConfig().verify(true))
            .httpClient(http());
    try {
      final Optional<String> namespace = settings.namespace().or(() -> variable("VAULT_NAMESPACE"));
      if (namespace.isPresent()) {
        config.nameSpace(namespace.get());
      }
      return config.build();
    } catch (final VaultException e) {
      throw new KeyAccessException("Vault can't be set up: check vault.namespace");
    }
  }

  private HttpClient http() throws KeyAccessException {
    HttpClient client = http;
    if (client == null) {
      final HttpClient.Builder builder =
          HttpClient.newBuilder()
              // As the driver has it: Vault's agent can't proxy the upgrade to HTTP/2.
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofSeconds(CONNECT_SECONDS))
              // The token must not follow to another host.
              .followRedirects(HttpClient.Redirect.NEVER);
      if (settings.caBundle().isPresent()) {
        builder.sslContext(trusting(settings.caBundle().get()));
      }
      client = builder.build();
      http = client;
    }
    return client;
  }

  private static SSLContext trusting(final Path bundle) throws KeyAccessException {
    try (InputStream pem = Files.newInputStream(bundle)) {
      final KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (final Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
      final TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      final SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (final IOException | GeneralSecurityException e) {
      throw new KeyAccessException(
          "the certificates in " + bundle + " can't be used: name a file in PEM");
    }
  }

  private URI address() throws KeyAccessException {
    final String given =
        settings
            .address()
            .map(URI::toString)
            .or(() -> variable("VAULT_ADDR"))
            .orElseThrow(
                () -> new KeyAccessException("set VAULT_ADDR, or vault.address in the file"));
    try {
      final URI address = new URI(given.strip().replaceFirst("/+$", ""));
      final String host = Optional.ofNullable(address.getHost()).orElse("");
      if (!host.isEmpty()
          && address.getUserInfo() == null
          && ("https".equals(address.getScheme())
              || ("http".equals(address.getScheme()) && Loopback.isHost(host)))) {
        return address;
      }
    } catch (final URISyntaxException malformed) {
      // As with any other address that can't be used.
    }
    throw new KeyAccessException(
        "Vault's address must be a URL that begins with https://, or with http:// on loopback: the"
            + " token would travel in the clear");
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
