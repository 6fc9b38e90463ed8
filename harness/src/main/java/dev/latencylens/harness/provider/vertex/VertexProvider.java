package dev.latencylens.harness.provider.vertex;

import com.google.auth.oauth2.GoogleCredentials;
import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.anthropic.AnthropicBody;
import dev.latencylens.harness.provider.google.GeminiBody;
import dev.latencylens.harness.secret.MissingKeyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Vertex AI. A target asks with Google Cloud's application default credentials, whose access tokens
 * are renewed between streams; or, where it names a key, with the access token in that variable
 * (such as {@code gcloud auth print-access-token} prints; it lasts for an hour).
 */
public final class VertexProvider implements Provider {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String PUBLISHER = "publisher";
  private static final String PROJECT = "project";
  private static final String LOCATION = "location";
  private static final String ANTHROPIC = "anthropic";

  /** The variable that Google's own command-line tool reads an access token from. */
  private static final String TOKEN_VARIABLE = "CLOUDSDK_AUTH_ACCESS_TOKEN";

  /** Makes the provider. */
  public VertexProvider() {}

  @Override
  public String id() {
    return "vertex";
  }

  @Override
  public List<TargetOption> options() {
    final List<TargetOption> options = new ArrayList<>();
    options.add(
        TargetOption.choice(PUBLISHER, "google", "Whose models are asked.", "google", ANTHROPIC));
    options.add(
        new TargetOption(
            PROJECT,
            new TargetOption.Form.Text(
                // The second form is that of projects within a domain.
                Pattern.compile("[a-z0-9][a-z0-9-]{0,62}|[a-z0-9.-]{1,64}:[a-z0-9-]{1,63}"),
                "a project's id or number"),
            true,
            "",
            "The Google Cloud project that is billed."));
    options.add(
        new TargetOption(
            LOCATION,
            new TargetOption.Form.Text(
                Pattern.compile("[a-z]{2,16}(-[a-z]{2,16}[0-9]{1,2})?"),
                "a location, such as europe-west4, eu or global"),
            true,
            "",
            "Where the model is asked."));
    options.addAll(GeminiBody.options());
    options.addAll(AnthropicBody.options());
    return options;
  }

  @Override
  public StreamApi api(final TargetOptions options) throws OptionException {
    final VertexAddress address =
        new VertexAddress(required(PROJECT, options), required(LOCATION, options));
    final boolean anthropic = options.text(PUBLISHER).orElse("google").equals(ANTHROPIC);
    refuseOthers(options, anthropic ? GeminiBody.options() : AnthropicBody.options());
    return anthropic
        ? new VertexAnthropic(address, AnthropicBody.of(options))
        : new VertexGemini(address, GeminiBody.of(options));
  }

  private static String required(final String option, final TargetOptions options)
      throws OptionException {
    return options.text(option).orElseThrow(() -> new OptionException(option, "is missing"));
  }

  private static void refuseOthers(final TargetOptions options, final List<TargetOption> others)
      throws OptionException {
    for (final TargetOption other : others) {
      if (options.text(other.name()).isPresent()) {
        throw new OptionException(other.name(), "is for the other publisher's models");
      }
    }
  }

  @Override
  public List<String> environment() {
    return List.of("GOOGLE_", "CLOUDSDK_", "GCE_METADATA_");
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    if (keys.named() || keys.madeUp()) {
      return HeaderKey.bearer(keys.read(TOKEN_VARIABLE));
    }
    try {
      return tokens(GoogleCredentials.getApplicationDefault());
    } catch (final IOException e) {
      throw new MissingKeyException(
          "log in with gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS"
              + " to a credentials file: a target of the provider vertex needs Google Cloud's"
              + " application default credentials");
    }
  }

  static Credentials tokens(final GoogleCredentials source) {
    return new GoogleTokens(source.createScoped(SCOPE));
  }
}
