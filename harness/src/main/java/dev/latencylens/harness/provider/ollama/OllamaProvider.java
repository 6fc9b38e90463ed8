package dev.latencylens.harness.provider.ollama;

import dev.latencylens.harness.provider.Credentials;
import dev.latencylens.harness.provider.HeaderKey;
import dev.latencylens.harness.provider.Keys;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOption.Form;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.secret.MissingKeyException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Ollama. A server of one's own asks for no key; its cloud ({@code base_url: https://ollama.com})
 * does, and a gateway may. So a key is sent only where the target names one: what stands in {@code
 * OLLAMA_API_KEY} never goes to another server unasked.
 */
public final class OllamaProvider implements Provider {
  private static final String KEEP_ALIVE = "keep_alive";

  /** A count of seconds, or Go's form of a duration; negative for ever. */
  private static final Pattern DURATION =
      Pattern.compile("-?[0-9]{1,9}|-?([0-9]{1,9}(\\.[0-9]{1,9})?(ms|s|m|h)){1,4}");

  /** Makes the provider. */
  public OllamaProvider() {}

  @Override
  public String id() {
    return "ollama";
  }

  @Override
  public List<TargetOption> options() {
    return List.of(
        new TargetOption(
            KEEP_ALIVE,
            new Form.Text(DURATION, "a duration such as 30m or 1h30m, or -1 for ever"),
            false,
            "the server's own, 5m unless it is configured",
            "How long the server keeps the model loaded after a request, so that later ones don't"
                + " wait for it to load."));
  }

  @Override
  public StreamApi api(final TargetOptions options) {
    return new NativeChat(options.text(KEEP_ALIVE));
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    return keys.named() ? HeaderKey.bearer(keys.read("OLLAMA_API_KEY")) : Credentials.none();
  }
}
