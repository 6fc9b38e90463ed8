package dev.latencylens.harness.official;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.credential.BearerTokenCredential;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.latencylens.fixtures.simulator.RunTrust;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** OpenAI's official client, set up for each of the services that speak its dialects. */
public final class OpenAiClients {

  private static final String KEY = "made-up";
  private static final String PROMPT = "Say hello.";

  /** The ways in which the client reaches a service. */
  public enum Service {
    /** OpenAI itself. */
    OPENAI,
    /** Azure with an API version and deployments in the path, and Azure's key header. */
    AZURE_DEPLOYMENTS,
    /** Azure's v1 URL in the client's own Azure mode, with Azure's key header. */
    AZURE_V1_KEY,
    /** Azure's v1 URL, with a token such as Entra's. */
    AZURE_V1_TOKEN
  }

  private final String base;
  private final Optional<RunTrust> trust;

  /** Makes clients of what is served at {@code base}. */
  public OpenAiClients(URI base, Optional<RunTrust> trust) {
    this.base = base.toString();
    this.trust = trust;
  }

  private OpenAIClient client(Service service) {
    OpenAIOkHttpClient.Builder builder = OpenAIOkHttpClient.builder().maxRetries(0);
    trust.ifPresent(
        run ->
            builder.sslSocketFactory(run.context().getSocketFactory()).trustManager(run.manager()));
    return switch (service) {
      case OPENAI -> builder.baseUrl(base + "/v1").apiKey(KEY).build();
      case AZURE_DEPLOYMENTS ->
          builder
              .baseUrl(base)
              .credential(AzureApiKeyCredential.create(KEY))
              .azureServiceVersion(AzureOpenAIServiceVersion.getV2024_10_21())
              .azureUrlPathMode(AzureUrlPathMode.LEGACY)
              .build();
      case AZURE_V1_KEY ->
          builder
              .baseUrl(base + "/openai/v1")
              .credential(AzureApiKeyCredential.create(KEY))
              .azureUrlPathMode(AzureUrlPathMode.UNIFIED)
              .build();
      case AZURE_V1_TOKEN ->
          builder
              .baseUrl(base + "/openai/v1")
              .credential(BearerTokenCredential.create(() -> KEY))
              .build();
    };
  }

  /** Reads a stream of Chat Completions; the client's own exception comes through. */
  public Reading chat(Service service, String model, int maxTokens) {
    return chat(service, model, maxTokens, chunk -> {});
  }

  /** Reads a stream of Chat Completions, and shows each chunk to {@code each}. */
  Reading chat(Service service, String model, int maxTokens, Consumer<ChatCompletionChunk> each) {
    ChatCompletionCreateParams request =
        ChatCompletionCreateParams.builder()
            .model(model)
            .maxCompletionTokens(maxTokens)
            .addUserMessage(PROMPT)
            .addFunctionTool(FunctionDefinition.builder().name("speak").build())
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    OpenAiSum sum = new OpenAiSum();
    OpenAIClient client = client(service);
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(request)) {
      stream.stream().peek(each).forEach(sum::add);
    } finally {
      client.close();
    }
    return sum.reading();
  }

  /** Reads a Responses stream, and shows each event to {@code each}. */
  ResponsesSum responses(
      Service service, String model, int maxTokens, Consumer<ResponseStreamEvent> each) {
    ResponseCreateParams request =
        ResponseCreateParams.builder()
            .model(model)
            .maxOutputTokens(maxTokens)
            .input(PROMPT)
            .build();
    ResponsesSum sum = new ResponsesSum();
    OpenAIClient client = client(service);
    try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(request)) {
      stream.stream().peek(each).forEach(sum::add);
    } finally {
      client.close();
    }
    return sum;
  }
}
