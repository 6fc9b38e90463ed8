package dev.latencylens.harness.provider.openai;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.MissingKeyException;
import java.util.ArrayList;
import java.util.List;

/** OpenAI, and services that speak its dialect under another base URL. */
public final class OpenAiProvider implements Provider {
  /** Makes the provider. */
  public OpenAiProvider() {}

  @Override
  public String id() {
    return "openai";
  }

  @Override
  public List<TargetOption> options() {
    final List<TargetOption> options = new ArrayList<>(OpenAiApi.options());
    options.addAll(ApiSettings.ACCOUNT_OPTIONS);
    return List.copyOf(options);
  }

  @Override
  public StreamApi api(final TargetOptions options) throws OptionException {
    return OpenAiApi.of(options);
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    return HeaderKey.bearer(keys.read("OPENAI_API_KEY"));
  }
}
