package dev.latencylens.harness.provider.vertex;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.HeaderSetter;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.Secret;
import java.io.IOException;
import java.util.Optional;

/**
 * Google Cloud's access tokens, fetched and renewed by Google's own library: some minutes before
 * they expire, and never while a stream is measured. Thread-safe.
 */
final class GoogleTokens implements Credentials {
  private final GoogleCredentials source;
  private final Optional<String> quotaProject;

  // Guarded by this.
  private Optional<Secret> token = Optional.empty();
  private Optional<AccessToken> latest = Optional.empty();

  GoogleTokens(final GoogleCredentials source) {
    this.source = source;
    this.quotaProject = Optional.ofNullable(source.getQuotaProjectId());
  }

  @Override
  public synchronized void refresh() {
    try {
      // Throws only where the last token has expired: a renewal that fails before is tried again.
      source.refreshIfExpired();
    } catch (final IOException e) {
      forget();
      return;
    }
    final Optional<AccessToken> current = Optional.ofNullable(source.getAccessToken());
    if (!current.equals(latest)) {
      forget();
      latest = current;
      token = current.map(AccessToken::getTokenValue).map(Secret::of);
    }
  }

  private void forget() {
    token.ifPresent(Secret::close);
    token = Optional.empty();
    latest = Optional.empty();
  }

  @Override
  public synchronized void authenticate(final WireRequest request, final HeaderSetter headers)
      throws CredentialsException {
    final Secret current =
        token.orElseThrow(
            () ->
                new CredentialsException(
                    "no valid access token of Google Cloud could be had: see that the application"
                        + " default credentials are valid (gcloud auth application-default login)"));
    current.use(value -> headers.set("Authorization", "Bearer " + value));
    quotaProject.ifPresent(project -> headers.set("x-goog-user-project", project));
  }

  @Override
  public synchronized String redact(final String text) {
    return token.map(secret -> secret.redact(text)).orElse(text);
  }

  @Override
  public synchronized void close() {
    forget();
  }
}
