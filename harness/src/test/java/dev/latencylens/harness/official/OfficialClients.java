package dev.latencylens.harness.official;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputTokensDetails;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Candidate;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.latencylens.fixtures.simulator.RunTrust;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** Reads one stream with the official client of its provider. */
public final class OfficialClients {

  private static final String KEY = "made-up";
  private static final String PROMPT = "Say hello.";

  private final String base;
  private final Optional<RunTrust> trust;

  /** Makes readers of what is served at {@code base}. */
  public OfficialClients(URI base, Optional<RunTrust> trust) {
    this.base = base.toString();
    this.trust = trust;
  }

  /** Reads a stream of {@code provider}; the client's own exception comes through. */
  public Reading read(String provider, String model, int maxTokens) {
    return switch (provider) {
      case "openai" -> openAi(model, maxTokens);
      case "anthropic" -> anthropic(model, maxTokens);
      case "google" -> google(model, maxTokens);
      default -> throw new IllegalArgumentException(provider);
    };
  }

  private Reading openAi(String model, int maxTokens) {
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().baseUrl(base + "/v1").apiKey(KEY).maxRetries(0);
    trust.ifPresent(
        run ->
            builder.sslSocketFactory(run.context().getSocketFactory()).trustManager(run.manager()));
    OpenAIClient client = builder.build();
    ChatCompletionCreateParams request =
        ChatCompletionCreateParams.builder()
            .model(model)
            .maxCompletionTokens(maxTokens)
            .addUserMessage(PROMPT)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    OpenAiSum sum = new OpenAiSum();
    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(request)) {
      stream.stream().forEach(sum::add);
    } finally {
      client.close();
    }
    return sum.reading();
  }

  private Reading anthropic(String model, int maxTokens) {
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder().baseUrl(base).apiKey(KEY).maxRetries(0);
    trust.ifPresent(
        run ->
            builder.sslSocketFactory(run.context().getSocketFactory()).trustManager(run.manager()));
    AnthropicClient client = builder.build();
    MessageCreateParams request =
        MessageCreateParams.builder()
            .model(model)
            .maxTokens(maxTokens)
            .addUserMessage(PROMPT)
            .build();
    MessageAccumulator sum = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(request)) {
      stream.stream().forEach(sum::accumulate);
    } finally {
      client.close();
    }
    return reading(sum.message());
  }

  static Reading reading(Message message) {
    StringBuilder text = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    StringBuilder tool = new StringBuilder();
    message
        .content()
        .forEach(
            block -> {
              block.text().ifPresent(part -> text.append(part.text()));
              block.thinking().ifPresent(part -> reasoning.append(part.thinking()));
              block
                  .toolUse()
                  .ifPresent(part -> tool.append(part.name()).append(' ').append(part._input()));
            });
    return new Reading(
        message.id(),
        text.toString(),
        reasoning.toString(),
        tool.toString(),
        message.stopReason().map(Object::toString).orElse(""),
        message.usage().inputTokens(),
        message.usage().outputTokens(),
        message.usage().outputTokensDetails().map(OutputTokensDetails::thinkingTokens).orElse(0L));
  }

  private Reading google(String model, int maxTokens) {
    OkHttpClient.Builder http = new OkHttpClient.Builder();
    trust.ifPresent(run -> http.sslSocketFactory(run.context().getSocketFactory(), run.manager()));
    try (Client client =
            Client.builder()
                .apiKey(KEY)
                .httpOptions(HttpOptions.builder().baseUrl(base).build())
                .clientOptions(ClientOptions.builder().customHttpClient(http.build()).build())
                .build();
        ResponseStream<GenerateContentResponse> stream =
            client.models.generateContentStream(
                model,
                PROMPT,
                GenerateContentConfig.builder().maxOutputTokens(maxTokens).build())) {
      return reading(stream);
    }
  }

  static Reading reading(Iterable<GenerateContentResponse> stream) {
    StringBuilder text = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    StringBuilder tool = new StringBuilder();
    Reading last = new Reading("", "", "", "", "", -1, -1, 0);
    for (GenerateContentResponse chunk : stream) {
      for (Part part : parts(chunk)) {
        boolean thought = part.thought().orElse(false);
        part.text().ifPresent(thought ? reasoning::append : text::append);
        part.functionCall()
            .ifPresent(
                call -> tool.append(call.name().orElse("")).append(call.args().orElseThrow()));
      }
      last =
          new Reading(
              chunk.responseId().orElse(""),
              text.toString(),
              reasoning.toString(),
              tool.toString(),
              finish(chunk),
              tokens(chunk.usageMetadata().flatMap(usage -> usage.promptTokenCount())),
              tokens(chunk.usageMetadata().flatMap(usage -> usage.totalTokenCount()))
                  - tokens(chunk.usageMetadata().flatMap(usage -> usage.promptTokenCount())),
              Math.max(
                  0, tokens(chunk.usageMetadata().flatMap(usage -> usage.thoughtsTokenCount()))));
    }
    return last;
  }

  /** The client's own shortcut throws where an answer was blocked. */
  private static List<Part> parts(GenerateContentResponse chunk) {
    return chunk.candidates().stream()
        .flatMap(List::stream)
        .flatMap(candidate -> candidate.content().stream())
        .flatMap(content -> content.parts().stream())
        .flatMap(List::stream)
        .toList();
  }

  private static String finish(GenerateContentResponse chunk) {
    return chunk
        .candidates()
        .filter(candidates -> !candidates.isEmpty())
        .map(candidates -> candidates.get(0))
        .flatMap(Candidate::finishReason)
        .map(Object::toString)
        .or(
            () ->
                chunk
                    .promptFeedback()
                    .flatMap(feedback -> feedback.blockReason())
                    .map(Object::toString))
        .orElse("");
  }

  private static long tokens(Optional<Integer> count) {
    return count.orElse(-1);
  }
}
