package dev.latencylens.harness.provider.azure;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOption.Form;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.openai.OpenAiApi;
import dev.latencylens.harness.secret.MissingKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Azure OpenAI. A target names the endpoint of its resource as its base URL, and asks with a key of
 * the resource or with a token of Microsoft Entra for the identity that Azure's own tools find:
 * environment, workload, managed identity or a signed-in developer.
 */
public final class AzureOpenAiProvider implements Provider {
  private static final String DEPLOYMENT = "deployment";
  private static final String API_VERSION = "api_version";
  private static final String AUTH = "auth";
  private static final String SCOPE = "scope";
  private static final String KEY = "key";
  private static final String ENTRA = "entra";
  private static final String KEY_VARIABLE = "AZURE_OPENAI_API_KEY";

  /** What Microsoft's documents name with the v1 address; with a dated version, the other. */
  private static final String V1_SCOPE = "https://ai.azure.com/.default";

  private static final String DATED_SCOPE = "https://cognitiveservices.azure.com/.default";

  /** Makes the provider. */
  public AzureOpenAiProvider() {}

  @Override
  public String id() {
    return "azure-openai";
  }

  @Override
  public List<TargetOption> options() {
    final List<TargetOption> options = new ArrayList<>(OpenAiApi.options());
    options.add(
        new TargetOption(
            DEPLOYMENT,
            new Form.Text(Pattern.compile("[A-Za-z0-9_.-]{1,128}"), "the name of a deployment"),
            false,
            "the model's id",
            "The deployment that is asked; the model then only stands in tables."));
    options.add(
        new TargetOption(
            API_VERSION,
            new Form.Text(
                Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?|preview|latest|v1"),
                "a version such as 2024-10-21, or preview, latest or v1"),
            false,
            "the v1 address without a version",
            "The version of the API; a date means the addresses from before v1."));
    options.add(
        TargetOption.choice(
            AUTH,
            KEY,
            "How a request proves who asks: the resource's key, or a token of Microsoft Entra"
                + " (the target's key is not used then).",
            KEY,
            ENTRA));
    options.add(
        new TargetOption(
            SCOPE,
            new Form.Text(
                Pattern.compile("https://[A-Za-z0-9.-]{1,200}/\\.default"),
                "a scope such as " + DATED_SCOPE),
            false,
            V1_SCOPE + ", and " + DATED_SCOPE + " with a dated version",
            "What a token of Microsoft Entra is asked for; national clouds have their own."));
    return List.copyOf(options);
  }

  @Override
  public StreamApi api(final TargetOptions options) throws OptionException {
    if (options.text(SCOPE).isPresent() && !usesEntra(options)) {
      throw new OptionException(SCOPE, "is for tokens of Microsoft Entra: add auth: entra");
    }
    return new AzureOpenAi(
        OpenAiApi.of(options), options.text(DEPLOYMENT), options.text(API_VERSION));
  }

  @Override
  public List<String> environment() {
    return List.of("AZURE_", "IDENTITY_", "MSI_");
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    if (!usesEntra(options)) {
      return new HeaderKey("api-key", "", keys.read(KEY_VARIABLE));
    }
    return keys.madeUp()
        ? HeaderKey.bearer(keys.read(KEY_VARIABLE))
        : EntraCredentials.find(scope(options));
  }

  private static boolean usesEntra(final TargetOptions options) {
    return options.text(AUTH).orElse(KEY).equals(ENTRA);
  }

  static String scope(final TargetOptions options) {
    final Optional<String> version = options.text(API_VERSION);
    final boolean dated = version.isPresent() && AzureOpenAi.isDated(version.get());
    return options.text(SCOPE).orElse(dated ? DATED_SCOPE : V1_SCOPE);
  }
}
