package dev.latencylens.harness.provider.anthropic;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOption.Form;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.MissingKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Anthropic. A beta of its API is asked for with the header {@code anthropic-beta} among a target's
 * headers.
 */
public final class AnthropicProvider implements Provider {
  private static final String API_VERSION = "api_version";

  /** Makes the provider. */
  public AnthropicProvider() {}

  @Override
  public String id() {
    return "anthropic";
  }

  @Override
  public List<TargetOption> options() {
    final List<TargetOption> options = new ArrayList<>(AnthropicBody.options());
    options.add(
        new TargetOption(
            API_VERSION,
            new Form.Text(
                Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date, such as 2026-10-21"),
            false,
            Messages.DEFAULT_API_VERSION,
            "The version of the API; from 2026-10-21 it refuses a temperature."));
    return List.copyOf(options);
  }

  @Override
  public StreamApi api(final TargetOptions options) throws OptionException {
    return new Messages(
        AnthropicBody.of(options), options.text(API_VERSION).orElse(Messages.DEFAULT_API_VERSION));
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    return new HeaderKey("x-api-key", "", keys.read("ANTHROPIC_API_KEY"));
  }
}
