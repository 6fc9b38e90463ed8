package dev.latencylens.harness.provider.azure;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.provider.AttributeSink;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.ResponseHeaders;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.provider.openai.ChatCompletions;
import dev.latencylens.harness.provider.openai.OpenAiApi;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One of OpenAI's APIs at an Azure OpenAI resource, by Microsoft's references
 * (https://learn.microsoft.com/azure/foundry/openai/latest, .../openai/reference and
 * .../openai/api-version-lifecycle, November 2026). Bodies and events are OpenAI's; a stream of
 * Chat Completions begins with a chunk of the prompt's filter results, without choices and with
 * empty id and model, and filter results stand beside the content, all of which is passed by.
 *
 * <table>
 *   <caption>Addresses below the resource's endpoint</caption>
 *   <tr><th>version</th><th>Chat Completions</th><th>Responses</th></tr>
 *   <tr><td>none</td><td>{@code /openai/v1/chat/completions}</td>
 *       <td>{@code /openai/v1/responses}</td></tr>
 *   <tr><td>{@code preview}, {@code latest} or {@code v1}</td>
 *       <td>the same with {@code ?api-version=}</td><td>the same</td></tr>
 *   <tr><td>a date</td>
 *       <td>{@code /openai/deployments/{deployment}/chat/completions?api-version=}</td>
 *       <td>{@code /openai/responses?api-version=}</td></tr>
 * </table>
 *
 * <p>In all of them the deployment stands as the model in the body. An endpoint that is given with
 * {@code /openai} or {@code /openai/v1} at its end, as some pages of the portal show it, is taken
 * without.
 */
public final class AzureOpenAi implements StreamApi {
  private static final String OPENAI = "/openai";
  private static final String V1 = "/v1";

  private final OpenAiApi api;
  private final Optional<String> deployment;
  private final Optional<String> version;

  AzureOpenAi(
      final OpenAiApi api, final Optional<String> deployment, final Optional<String> version) {
    this.api = api;
    this.deployment = deployment;
    this.version = version;
  }

  /** Whether a version names a date, and so the API as it was before {@code v1}. */
  static boolean isDated(final String version) {
    return Character.isDigit(version.charAt(0));
  }

  @Override
  public Optional<URI> defaultBaseUrl() {
    return Optional.empty();
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    final String model = deployment.orElse(request.model());
    final WireRequest encoded =
        api.encode(URI.create(root(baseUrl) + path(model)), withModel(request, model));
    return version
        .map(
            v ->
                new WireRequest(
                    URI.create(encoded.uri() + "?api-version=" + v),
                    encoded.headers(),
                    encoded.body()))
        .orElse(encoded);
  }

  private static String root(final URI baseUrl) {
    return withoutEnd(withoutEnd(baseUrl.toString(), OPENAI + V1), OPENAI);
  }

  private static String withoutEnd(final String text, final String end) {
    return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
  }

  private String path(final String model) {
    if (version.isEmpty() || !isDated(version.get())) {
      return OPENAI + V1;
    }
    return api instanceof ChatCompletions ? OPENAI + "/deployments/" + segment(model) : OPENAI;
  }

  private static String segment(final String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static StreamRequest withModel(final StreamRequest request, final String model) {
    return new StreamRequest(
        request.id(),
        model,
        request.system(),
        request.messages(),
        request.maxOutputTokens(),
        request.temperature(),
        request.seed(),
        request.stop(),
        request.reasoningEffort(),
        request.thinkingBudget(),
        request.tools(),
        request.extraBody(),
        request.exactOutput());
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return api.newFrameDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return api.newEventDecoder();
  }

  @Override
  public Optional<String> errorType(final byte[] body) {
    return api.errorType(body);
  }

  /** The gateway's id, which Azure's support asks for, before the model's own. */
  @Override
  public List<String> requestIdHeaders() {
    return List.of("apim-request-id", "x-request-id");
  }

  @Override
  public void readHeaders(final ResponseHeaders headers, final AttributeSink found) {
    api.readHeaders(headers, found);
    headers
        .first("x-ms-region")
        .ifPresent(region -> found.attribute(StreamAttribute.REGION, region));
  }
}
