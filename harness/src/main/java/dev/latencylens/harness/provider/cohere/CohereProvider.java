package dev.latencylens.harness.provider.cohere;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.MissingKeyException;

/** Cohere, and private deployments of it under another base URL. */
public final class CohereProvider implements Provider {
  /** Makes the provider. */
  public CohereProvider() {}

  @Override
  public String id() {
    return "cohere";
  }

  @Override
  public StreamApi api(final TargetOptions options) {
    return new ChatV2();
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    return HeaderKey.bearer(keys.read("CO_API_KEY"));
  }
}
