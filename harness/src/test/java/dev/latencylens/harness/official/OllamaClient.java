package dev.latencylens.harness.official;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.latencylens.fixtures.simulator.RunTrust;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** LangChain4j's client of Ollama, since Ollama ships none for Java. */
public final class OllamaClient {

  private final URI base;
  private final Optional<RunTrust> trust;

  /** Makes a client of what is served at {@code base}. */
  public OllamaClient(URI base, Optional<RunTrust> trust) {
    this.base = base;
    this.trust = trust;
  }

  /**
   * Reads a stream; the reading's id is that of the header {@code x-request-id}, or empty.
   *
   * @throws CompletionException with the client's own exception as its cause
   */
  public Reading read(String model, int maxTokens) {
    HttpClient.Builder jdk =
        // The JDK's HTTP/2 settings are refused by the simulator; see Simulator.
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    trust.ifPresent(run -> jdk.sslContext(run.context()));
    HeaderKeepingBuilder http =
        new HeaderKeepingBuilder(new JdkHttpClientBuilder().httpClientBuilder(jdk));
    OllamaStreamingChatModel client =
        OllamaStreamingChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(base.toString())
            .modelName(model)
            .numPredict(maxTokens)
            .temperature(0.3)
            .think(true)
            .returnThinking(true)
            .timeout(Duration.ofSeconds(20))
            .build();
    ChatRequest request =
        ChatRequest.builder()
            .messages(UserMessage.from("Say hello."))
            .toolSpecifications(ToolSpecification.builder().name("speak").build())
            .build();
    Sum sum = new Sum();
    client.chat(request, sum);
    ChatResponse response = sum.whole.orTimeout(30, TimeUnit.SECONDS).join();
    return sum.reading(http.requestId(), response);
  }

  /** Adds up the parts as the client hands them out. */
  private static final class Sum implements StreamingChatResponseHandler {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

    @Override
    public void onPartialResponse(String partial) {
      text.append(partial);
    }

    @Override
    public void onPartialThinking(PartialThinking partial) {
      reasoning.append(partial.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      whole.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      whole.completeExceptionally(error);
    }

    Reading reading(String id, ChatResponse response) {
      String tools =
          response.aiMessage().toolExecutionRequests().stream()
              .map((ToolExecutionRequest call) -> call.name() + call.arguments())
              .collect(Collectors.joining());
      return new Reading(
          id,
          text.toString(),
          reasoning.toString(),
          tools,
          Optional.ofNullable(response.finishReason()).map(Object::toString).orElse(""),
          count(response, true),
          count(response, false),
          0);
    }

    private static long count(ChatResponse response, boolean input) {
      return Optional.ofNullable(response.tokenUsage())
          .map(usage -> input ? usage.inputTokenCount() : usage.outputTokenCount())
          .map(Integer::longValue)
          .orElse(-1L);
    }
  }
}
