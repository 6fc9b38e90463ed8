package dev.latencylens.harness.provider.anthropic;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.MissingKeyException;
import java.util.List;

/** Anthropic. */
public final class AnthropicProvider implements Provider {
  /** Makes the provider. */
  public AnthropicProvider() {}

  @Override
  public String id() {
    return "anthropic";
  }

  @Override
  public List<TargetOption> options() {
    return AnthropicBody.options();
  }

  @Override
  public StreamApi api(final TargetOptions options) throws OptionException {
    return new Messages(AnthropicBody.of(options));
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    return new HeaderKey("x-api-key", "", keys.read("ANTHROPIC_API_KEY"));
  }
}
