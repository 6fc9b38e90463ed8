package dev.latencylens.harness;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.HeaderSetter;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.secret.Secret;
import java.util.Map;

/**
 * Credentials together with the headers of a target that hold other secrets, such as a gateway's
 * key.
 *
 * @param credentials those of the provider
 * @param secrets the values by header; closed with this
 */
record SecretHeaders(Credentials credentials, Map<String, Secret> secrets) implements Credentials {

  @Override
  public void refresh() {
    credentials.refresh();
  }

  @Override
  public void authenticate(final WireRequest request, final HeaderSetter headers)
      throws CredentialsException {
    // First, so that a signature comes to stand above them.
    secrets.forEach((name, secret) -> secret.use(value -> headers.set(name, value)));
    credentials.authenticate(request, headers);
  }

  @Override
  public String redact(final String text) {
    String redacted = credentials.redact(text);
    for (final Secret secret : secrets.values()) {
      redacted = secret.redact(redacted);
    }
    return redacted;
  }

  @Override
  public String source() {
    return credentials.source();
  }

  @Override
  public void close() {
    secrets.values().forEach(Secret::close);
    credentials.close();
  }
}
