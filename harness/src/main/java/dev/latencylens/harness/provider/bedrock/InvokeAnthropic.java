package dev.latencylens.harness.provider.bedrock;

import dev.latencylens.harness.framing.AwsEventStreamDecoder;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.provider.AttributeSink;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.RequestBody;
import dev.latencylens.harness.provider.ResponseHeaders;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.WireRequest;
import dev.latencylens.harness.provider.anthropic.AnthropicBody;
import dev.latencylens.harness.provider.anthropic.AnthropicDecoder;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Anthropic's models through InvokeModelWithResponseStream: {@code POST
 * {base}/model/{model}/invoke-with-response-stream}, by AWS's API reference
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html)
 * and its guide to Anthropic's Messages
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html),
 * both as of November 2026. Model and {@code stream} stand in the address here; the version in the
 * body is that of Bedrock's own form of it.
 */
public final class InvokeAnthropic implements StreamApi {
  private static final String VERSION = "bedrock-2023-05-31";

  private final BedrockRuntime service;
  private final AnthropicBody body;

  InvokeAnthropic(final BedrockRuntime service, final AnthropicBody body) {
    this.service = service;
    this.body = body;
  }

  @Override
  public Optional<URI> defaultBaseUrl() {
    return Optional.of(service.defaultBaseUrl());
  }

  @Override
  public WireRequest encode(final URI baseUrl, final StreamRequest request) {
    return new WireRequest(
        BedrockRuntime.uri(baseUrl, request.model(), "invoke-with-response-stream"),
        BedrockRuntime.HEADERS,
        RequestBody.toBytes(
            request,
            json -> {
              json.writeStringField("anthropic_version", VERSION);
              body.writeFields(request, json);
            }));
  }

  @Override
  public FrameDecoder newFrameDecoder(final int maxFrameBytes) {
    return new AwsEventStreamDecoder(maxFrameBytes);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new ChunkDecoder(new AnthropicDecoder());
  }

  @Override
  public Optional<String> errorType(final byte[] errorBody) {
    return BedrockRuntime.errorType(errorBody);
  }

  @Override
  public Optional<String> errorType(final ResponseHeaders headers, final byte[] body) {
    return BedrockRuntime.errorType(headers, body);
  }

  @Override
  public List<String> requestIdHeaders() {
    return BedrockRuntime.REQUEST_ID_HEADERS;
  }

  @Override
  public void readHeaders(final ResponseHeaders headers, final AttributeSink found) {
    service.reportRegion(found);
  }
}
