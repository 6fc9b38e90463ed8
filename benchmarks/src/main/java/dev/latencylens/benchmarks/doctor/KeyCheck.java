package dev.latencylens.benchmarks.doctor;

import dev.latencylens.harness.TargetEndpoint;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.CredentialsException;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.secret.KeySupply;
import dev.latencylens.harness.secret.MissingKeyException;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.transport.Endpoint;

/**
 * Whether a target's key is there, and where it comes from; never what it is. The target itself
 * learns nothing of it.
 */
final class KeyCheck {
  private static final String SUBJECT = "key";

  private final Providers providers;
  private final KeySupply keys;

  KeyCheck(final Providers providers, final KeySupply keys) {
    this.providers = providers;
    this.keys = keys;
  }

  /** Looks for one target's key. May wait for a key store, an identity service or a person. */
  Finding check(final Target target) {
    if (target.key() instanceof KeyReference.None) {
      return Finding.pass(SUBJECT, "none is needed");
    }
    try {
      final Endpoint endpoint = TargetEndpoint.open(target, providers, keys);
      try (var credentials = endpoint.credentials()) {
        credentials.refresh();
        // As a stream would be: what a cloud's library could not find is told only now.
        credentials.authenticate(
            endpoint
                .api()
                .encode(endpoint.baseUrl(), StreamRequest.of("doctor", target.model(), "Hi.", 1)),
            (name, value) -> {});
        return Finding.pass(SUBJECT, "from " + credentials.source());
      }
    } catch (final MissingKeyException e) {
      return new Finding(State.FAIL, SUBJECT, "it is not there", e.getMessage());
    } catch (final CredentialsException e) {
      return new Finding(State.FAIL, SUBJECT, "there are no valid credentials", e.getMessage());
    }
  }
}
