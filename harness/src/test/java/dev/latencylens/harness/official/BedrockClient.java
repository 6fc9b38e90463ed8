package dev.latencylens.harness.official;

import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.latencylens.fixtures.simulator.RunTrust;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.token.credentials.SdkToken;
import software.amazon.awssdk.auth.token.credentials.StaticTokenProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;

/**
 * AWS's official client of Bedrock's runtime, which checks both checksums of every message. The
 * events of Anthropic's models, which that client hands out as bytes, are read by Anthropic's.
 */
public final class BedrockClient implements AutoCloseable {

  private static final long LONGEST_SECONDS = 30;
  private static final software.amazon.awssdk.services.bedrockruntime.model.Message USER =
      software.amazon.awssdk.services.bedrockruntime.model.Message.builder()
          .role(ConversationRole.USER)
          .content(ContentBlock.fromText("Say hello."))
          .build();

  /** The ways in which a request proves who asks. */
  public enum Access {
    /** Signed with made-up session credentials. */
    SIGNED,
    /** A made-up Bedrock API key. */
    BEARER
  }

  private final BedrockRuntimeAsyncClient client;

  /** Makes a client of what is served at {@code base}. */
  public BedrockClient(URI base, Optional<RunTrust> trust, Protocol protocol, Access access) {
    NettyNioAsyncHttpClient.Builder http =
        NettyNioAsyncHttpClient.builder().protocol(protocol).maxConcurrency(4);
    if (protocol == Protocol.HTTP1_1) {
      // By default the client negotiates for this service, and then only knows HTTP/2.
      http.protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL);
    }
    trust.ifPresent(run -> http.tlsTrustManagersProvider(() -> new TrustManager[] {run.manager()}));
    BedrockRuntimeAsyncClientBuilder builder =
        BedrockRuntimeAsyncClient.builder()
            .endpointOverride(base)
            .region(Region.EU_CENTRAL_1)
            .httpClientBuilder(http)
            .overrideConfiguration(
                settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    switch (access) {
      case SIGNED ->
          builder.credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsSessionCredentials.create("MADEUP", "made-up-secret", "made-up-session")));
      case BEARER ->
          builder
              .tokenProvider(StaticTokenProvider.create(new MadeUpToken()))
              .authSchemeProvider(
                  BedrockRuntimeAuthSchemeProvider.defaultProvider(List.of("httpBearerAuth")));
    }
    this.client = builder.build();
  }

  /** Reads a ConverseStream answer; the client's own exception comes through. */
  public Reading converse(String model, int maxTokens) {
    return converse(model, maxTokens, event -> {});
  }

  /** Reads a ConverseStream answer, and shows each event to {@code each}. */
  Reading converse(String model, int maxTokens, Consumer<ConverseStreamOutput> each) {
    ConverseStreamRequest request =
        ConverseStreamRequest.builder()
            .modelId(model)
            .messages(USER)
            .inferenceConfig(inference -> inference.maxTokens(maxTokens).temperature(0.3f))
            .build();
    ConverseSum sum = new ConverseSum();
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .onResponse(response -> sum.begin(response.responseMetadata().requestId()))
            .subscriber(
                event -> {
                  each.accept(event);
                  sum.add(event);
                })
            .build();
    await(client.converseStream(request, handler));
    return sum.reading();
  }

  /**
   * Reads an answer of Anthropic's through InvokeModelWithResponseStream, as Anthropic's client.
   */
  public Message invoke(String model, int maxTokens) {
    return invoke(model, maxTokens, event -> {});
  }

  /** Reads an answer of Anthropic's, and shows each event to {@code each}. */
  Message invoke(String model, int maxTokens, Consumer<RawMessageStreamEvent> each) {
    InvokeModelWithResponseStreamRequest request =
        InvokeModelWithResponseStreamRequest.builder()
            .modelId(model)
            .contentType("application/json")
            .body(
                SdkBytes.fromUtf8String(
                    String.format(
                        Locale.ROOT,
                        "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":%d,"
                            + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello.\"}]}",
                        maxTokens)))
            .build();
    MessageAccumulator sum = MessageAccumulator.create();
    InvokeModelWithResponseStreamResponseHandler.Visitor visitor =
        InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
            .onChunk(
                chunk -> {
                  RawMessageStreamEvent event = event(chunk);
                  each.accept(event);
                  sum.accumulate(event);
                })
            .build();
    await(
        client.invokeModelWithResponseStream(
            request,
            InvokeModelWithResponseStreamResponseHandler.builder().subscriber(visitor).build()));
    return sum.message();
  }

  private static RawMessageStreamEvent event(PayloadPart chunk) {
    try {
      return ObjectMappers.jsonMapper()
          .readValue(chunk.bytes().asUtf8String(), RawMessageStreamEvent.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a chunk holds no event of Anthropic's", e);
    }
  }

  private static void await(CompletableFuture<?> end) {
    try {
      end.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the stream did not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static final class MadeUpToken implements SdkToken {

    @Override
    public String token() {
      return "made-up";
    }

    @Override
    public Optional<Instant> expirationTime() {
      return Optional.empty();
    }
  }
}
