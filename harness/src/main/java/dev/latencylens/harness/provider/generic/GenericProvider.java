package dev.latencylens.harness.provider.generic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Any HTTP service that streams JSON as server-sent events or as lines. The configuration says what
 * a request looks like and where things stand in an event:
 *
 * <pre>{@code
 * provider: generic
 * model: some-model
 * base_url: https://inference.example.com
 * key: { env: INFERENCE_KEY }
 * path: /generate
 * framing: sse
 * request:
 *   model: ${model}
 *   prompt: ${prompt}
 *   limit: ${max_output_tokens}
 * events:
 *   text: /delta/text
 *   finish_reason: /why
 *   output_tokens: /counts/out
 *   end_text: "[END]"
 * }</pre>
 *
 * <p>No secret stands in there: the key comes from the environment variable that the target names.
 */
public final class GenericProvider implements Provider {
  private static final String PATH = "path";
  private static final String FRAMING = "framing";
  private static final String AUTH_HEADER = "auth_header";
  private static final String AUTH_PREFIX = "auth_prefix";
  private static final String REQUEST = "request";
  private static final String EVENTS = "events";
  private static final String REASONING_STREAMED = "reasoning_streamed";
  private static final String AUTHORIZATION = "Authorization";

  /** A key has no place in an address, which ends up in logs. */
  private static final Pattern URI_PATH =
      Pattern.compile(
          "|(?!.*(?i:key|token|secret|password)=)"
              + "/([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*+");

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern VISIBLE = Pattern.compile("[ -~]{0,100}");

  /** Makes the provider. */
  public GenericProvider() {}

  @Override
  public String id() {
    return "generic";
  }

  @Override
  public List<TargetOption> options() {
    return List.of(
        new TargetOption(
            PATH,
            new Form.Text(URI_PATH, "a path such as /v1/generate"),
            false,
            "nothing",
            "What is appended to base_url."),
        TargetOption.choice(
            FRAMING,
            "sse",
            "How events are cut: as server-sent events or one a line.",
            "sse",
            "ndjson"),
        new TargetOption(
            AUTH_HEADER,
            new Form.Text(HEADER_NAME, "the name of a header"),
            false,
            AUTHORIZATION,
            "The header that carries the key."),
        new TargetOption(
            AUTH_PREFIX,
            new Form.Text(VISIBLE, "visible ASCII characters and spaces"),
            false,
            "\"Bearer \" in Authorization, nothing in another header",
            "What stands before the key in its header."),
        new TargetOption(
            REQUEST,
            new Form.Tree("the body of a request, with placeholders such as ${prompt}"),
            true,
            "",
            "The body of a request; placeholders in its texts are "
                + Placeholder.words()
                + ", each as ${name}."),
        new TargetOption(
            EVENTS,
            new Form.Tree("a mapping of names to JSON Pointers"),
            true,
            "",
            "Where things stand in an event, as JSON Pointers: " + EventPlaces.words() + "."),
        TargetOption.choice(
            REASONING_STREAMED,
            "as the stream shows: unknown where reasoning is counted but none was seen",
            "Whether the tokens counted as reasoning are part of the stream.",
            "true",
            "false"));
  }

  @Override
  public StreamApi api(final TargetOptions options) throws OptionException {
    return new GenericApi(
        options.text(PATH).orElse(""),
        GenericApi.Framing.valueOf(options.text(FRAMING).orElse("sse").toUpperCase(Locale.ROOT)),
        RequestTemplate.parse(
            REQUEST, options.tree(REQUEST).orElse(JsonNodeFactory.instance.objectNode())),
        EventPlaces.parse(
            EVENTS, options.tree(EVENTS).orElse(JsonNodeFactory.instance.objectNode())),
        options
            .text(REASONING_STREAMED)
            .map(word -> word.equals("true") ? HiddenReasoning.NONE : HiddenReasoning.ALL)
            .orElse(HiddenReasoning.UNSAID));
  }

  @Override
  public Credentials credentials(final TargetOptions options, final Keys keys)
      throws MissingKeyException {
    if (!keys.named() && !keys.madeUp()) {
      throw new MissingKeyException(
          "say where the key of the generic target is: no variable is known for a service that is"
              + " described in the configuration; write key: { env: NAME }, or key: none");
    }
    final String header = options.text(AUTH_HEADER).orElse(AUTHORIZATION);
    final String prefix =
        options.text(AUTH_PREFIX).orElse(header.equalsIgnoreCase(AUTHORIZATION) ? "Bearer " : "");
    // Never looked up under this name: the target names a variable.
    return new HeaderKey(header, prefix, keys.read("GENERIC_API_KEY"));
  }
}
