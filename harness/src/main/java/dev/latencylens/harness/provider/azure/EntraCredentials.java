package dev.latencylens.harness.provider.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.HeaderSetter;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bearer token of Microsoft Entra, renewed from five minutes before it expires. Microsoft's own
 * library finds the identity, asks for the token and judges how long it holds.
 *
 * <p>One thread renews at a time: while the token still holds, others go on with it; once it does
 * not, they wait for that one and share what came of it. A renewal that fails is tried again at the
 * next {@link #refresh()}, and is told only once nothing valid is left.
 */
final class EntraCredentials implements Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(EntraCredentials.class);
  private static final Duration EARLY = Duration.ofMinutes(5);

  private static final String NONE_FOUND =
      "no token of Microsoft Entra was found: sign in with az login, or set AZURE_TENANT_ID,"
          + " AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or run where there is a managed identity";
  private static final String EXPIRED =
      "the token of Microsoft Entra has expired and could not be renewed: sign in again, or see to"
          + " the identity that is used";

  private final TokenCredential identity;
  private final TokenRequestContext request;
  private final Lock renewal = new ReentrantLock();
  private final AtomicLong attempts = new AtomicLong();

  private Optional<Held> held = Optional.empty();
  private Optional<Held> before = Optional.empty();
  private boolean closed;

  /** A token, and the same to be lent and taken out of texts. */
  private record Held(AccessToken token, Secret secret) {
    /** Names nothing. */
    @Override
    public String toString() {
      return "Held";
    }
  }

  /**
   * Credentials of an identity.
   *
   * @param identity hands out tokens, and may keep them
   * @param scope what they are asked for
   */
  EntraCredentials(final TokenCredential identity, final String scope) {
    this.identity = identity;
    request = new TokenRequestContext().addScopes(scope);
  }

  /**
   * Credentials of the identity that Azure's own tools would take.
   *
   * @param scope what tokens are asked for
   * @return credentials without a token before the first {@link #refresh()}
   */
  static EntraCredentials find(final String scope) {
    return new EntraCredentials(
        new DefaultAzureCredentialBuilder().httpClient(new JdkHttpClientBuilder().build()).build(),
        scope);
  }

  @Override
  public void refresh() {
    final long seen = attempts.get();
    if (holdsFor(EARLY)) {
      return;
    }
    if (!holds()) {
      renewal.lock();
    } else if (!renewal.tryLock()) {
      return;
    }
    try {
      if (attempts.get() == seen) {
        renew();
        attempts.incrementAndGet();
      }
    } finally {
      renewal.unlock();
    }
  }

  private void renew() {
    try {
      final AccessToken token = identity.getTokenSync(request);
      if (token != null && !token.isExpired()) {
        keep(new Held(token, Secret.of(token.getToken())));
      }
    } catch (final RuntimeException e) {
      // Of any kind: each way to find an identity has its own. Its message may repeat what an
      // identity service answered.
      LOG.debug("no token of Microsoft Entra: {}", e.getClass().getName());
    }
  }

  private synchronized void keep(final Held next) {
    if (closed) {
      next.secret().close();
      return;
    }
    if (held.isPresent() && held.get().token().getToken().equals(next.token().getToken())) {
      // The library keeps tokens too.
      next.secret().close();
      return;
    }
    // The last one is remembered: a server may still echo it.
    before.ifPresent(old -> old.secret().close());
    before = held;
    held = Optional.of(next);
  }

  /** Whether there is a token that has not expired. */
  boolean holds() {
    return holdsFor(Duration.ZERO);
  }

  private synchronized boolean holdsFor(final Duration time) {
    return held.isPresent() && held.get().token().getDurationUntilExpiration().compareTo(time) > 0;
  }

  @Override
  public synchronized void authenticate(final WireRequest wire, final HeaderSetter headers)
      throws CredentialsException {
    if (held.isEmpty()) {
      throw new CredentialsException(NONE_FOUND);
    }
    if (!holds()) {
      throw new CredentialsException(EXPIRED);
    }
    held.get().secret().use(token -> headers.set("Authorization", "Bearer " + token));
  }

  @Override
  public synchronized String redact(final String text) {
    String redacted = text;
    for (final Optional<Held> known : List.of(held, before)) {
      if (known.isPresent()) {
        redacted = known.get().secret().redact(redacted);
      }
    }
    return redacted;
  }

  @Override
  public synchronized void close() {
    closed = true;
    held.ifPresent(last -> last.secret().close());
    before.ifPresent(last -> last.secret().close());
  }
}
