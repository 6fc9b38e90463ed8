package dev.latencylens.harness.provider.vertex;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.HeaderSetter;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.Secret;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Google Cloud's access tokens. Google's own library fetches and renews them some minutes before
 * they expire, judges whether they still hold, and lets one thread renew while others go on with a
 * token that does. What was found last is kept until the next {@link #refresh()}.
 */
final class GoogleTokens implements Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(GoogleTokens.class);

  private static final String NONE_VALID =
      "no valid access token of Google Cloud could be had: see that the application default"
          + " credentials are valid (gcloud auth application-default login)";

  private final GoogleCredentials source;
  private final Optional<String> quotaProject;
  private final AtomicLong turns = new AtomicLong();

  // Guarded by this, which nobody holds while waiting for the network.
  private long heldSince;
  private Optional<Held> held = Optional.empty();
  private Optional<Held> before = Optional.empty();
  private boolean closed;

  /** A token, and the same to be lent and taken out of texts. */
  private record Held(AccessToken token, Secret secret) {
    static Held of(final AccessToken token) {
      return new Held(token, Secret.of(token.getTokenValue()));
    }

    void wipe() {
      secret.close();
    }

    /** Names nothing. */
    @Override
    public String toString() {
      return "Held";
    }
  }

  /**
   * Credentials without a token before the first {@link #refresh()}.
   *
   * @param source hands out tokens and keeps them while they hold
   */
  GoogleTokens(final GoogleCredentials source) {
    this.source = source;
    this.quotaProject = Optional.ofNullable(source.getQuotaProjectId());
  }

  @Override
  public void refresh() {
    final long turn = turns.incrementAndGet();
    Optional<Held> found;
    try {
      // Throws only where nothing valid is left: a renewal that fails before is tried again.
      source.refreshIfExpired();
      found = Optional.ofNullable(source.getAccessToken()).map(Held::of);
    } catch (final IOException | RuntimeException e) {
      // Of any kind: each sort of credentials has its own. Its message may repeat what an identity
      // service answered.
      LOG.debug("no access token of Google Cloud: {}", e.getClass().getName());
      found = Optional.empty();
    }
    keep(found, turn);
  }

  private synchronized void keep(final Optional<Held> found, final long turn) {
    final boolean isKnown =
        found.isPresent() && found.map(Held::token).equals(held.map(Held::token));
    if (closed || turn < heldSince || isKnown) {
      // Of two threads, the one that asked later may have been quicker.
      found.ifPresent(Held::wipe);
      return;
    }
    heldSince = turn;
    if (held.isPresent()) {
      // The last one is remembered: a server may still echo it.
      before.ifPresent(Held::wipe);
      before = held;
    }
    held = found;
  }

  @Override
  public synchronized void authenticate(final WireRequest request, final HeaderSetter headers)
      throws CredentialsException {
    if (held.isEmpty() || closed) {
      throw new CredentialsException(NONE_VALID);
    }
    held.get().secret().use(token -> headers.set("Authorization", "Bearer " + token));
    quotaProject.ifPresent(project -> headers.set("x-goog-user-project", project));
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
    held.ifPresent(Held::wipe);
    before.ifPresent(Held::wipe);
  }
}
