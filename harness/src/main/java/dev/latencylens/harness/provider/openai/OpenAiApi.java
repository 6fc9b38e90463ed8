package dev.latencylens.harness.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.AttributeSink;
import dev.latencylens.harness.provider.ErrorObject;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.ResponseHeaders;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOption;
import dev.latencylens.harness.provider.TargetOptions;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What OpenAI's two streaming APIs have in common: server-sent events, a bearer key, errors and
 * headers, by its API reference (https://platform.openai.com/docs/api-reference, November 2026).
 *
 * <p>{@code openai-processing-ms} comes with the head of the response, so for a stream it is the
 * time that the service spent until it began to answer, not until it ended.
 */
public abstract sealed class OpenAiApi implements StreamApi permits ChatCompletions, Responses {
  static final URI DEFAULT_BASE_URL = URI.create("https://api.openai.com/v1");
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,12}");
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final String API = "api";
  private static final String CHAT = "chat";
  private static final String RESPONSES = "responses";

  private final URI baseUrl;
  private final String path;
  private final ApiSettings settings;

  OpenAiApi(final URI baseUrl, final String path, final ApiSettings settings) {
    this.baseUrl = baseUrl;
    this.path = path;
    this.settings = settings;
  }

  /**
   * The options that choose and shape the API, for OpenAI and for whoever else serves it.
   *
   * @return in the order of the documentation
   */
  public static List<TargetOption> options() {
    final List<TargetOption> options = new ArrayList<>();
    options.add(
        TargetOption.choice(
            API, CHAT, "Which API is asked: Chat Completions or Responses.", CHAT, RESPONSES));
    options.addAll(ApiSettings.OPTIONS);
    return List.copyOf(options);
  }

  /**
   * The API that a target asks.
   *
   * @param options the target's
   * @return Chat Completions, or Responses where the target says so
   * @throws OptionException if there is an option that the chosen API does not know
   */
  public static OpenAiApi of(final TargetOptions options) throws OptionException {
    final ApiSettings settings = ApiSettings.of(options);
    if (options.text(API).orElse(CHAT).equals(RESPONSES)) {
      return new Responses(settings);
    }
    if (settings.reasoningSummary().isPresent()) {
      throw new OptionException(
          ApiSettings.REASONING_SUMMARY, "is known to the Responses API only: add api: responses");
    }
    return new ChatCompletions(settings);
  }

  final ApiSettings settings() {
    return settings;
  }

  abstract void writeFields(StreamRequest request, JsonGenerator json) throws IOException;

  @Override
  public final Optional<URI> defaultBaseUrl() {
    return Optional.of(baseUrl);
  }

  @Override
  public final WireRequest encode(final URI endpoint, final StreamRequest request) {
    final List<WireRequest.Header> headers = new ArrayList<>();
    headers.add(new WireRequest.Header("Content-Type", "application/json"));
    headers.add(new WireRequest.Header("Accept", "text/event-stream"));
    headers.addAll(settings.headers());
    return new WireRequest(
        URI.create(endpoint + path),
        headers,
        RequestBody.toBytes(request, json -> writeFields(request, json)));
  }

  @Override
  public final FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return new SseDecoder(maxFrameBytes);
  }

  @Override
  public final Optional<String> errorType(final byte[] body) {
    return ErrorObject.inBody(body, "type", "code");
  }

  @Override
  public final void readHeaders(final ResponseHeaders headers, final AttributeSink found) {
    headers
        .first("openai-processing-ms")
        .filter(value -> MILLIS.matcher(value).matches())
        .ifPresent(
            value ->
                found.attribute(
                    StreamAttribute.SERVER_NANOS,
                    Long.toString(Long.parseLong(value) * NANOS_PER_MILLI)));
  }
}
