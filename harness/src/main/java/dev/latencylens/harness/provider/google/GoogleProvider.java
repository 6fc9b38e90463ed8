package dev.latencylens.harness.provider.google;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.MissingKeyException;
import java.util.List;

/** Google's Gemini API. The key goes in a header only: an address ends up in logs. */
public final class GoogleProvider implements Provider {
  /** Makes the provider. */
  public GoogleProvider() {}

  @Override
  public String id() {
    return "google";
  }

  @Override
  public List<TargetOption> options() {
    return GeminiBody.options();
  }

  @Override
  public StreamApi api(final TargetOptions options) {
    return new GenerateContent(GeminiBody.of(options));
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    return new HeaderKey("x-goog-api-key", "", keys.read("GEMINI_API_KEY"));
  }
}
