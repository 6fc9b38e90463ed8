package dev.latencylens.harness.official;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.vertex.backends.VertexBackend;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import dev.latencylens.fixtures.simulator.RunTrust;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** Google's and Anthropic's official clients, set up for Vertex AI with a made-up token. */
public final class VertexClients {

  private static final String PROMPT = "Say hello.";
  private static final String PROJECT = "a-project";
  private static final String LOCATION = "europe-west4";

  private final String base;
  private final Optional<RunTrust> trust;

  /** Makes clients of what is served at {@code base}. */
  public VertexClients(URI base, Optional<RunTrust> trust) {
    this.base = base.toString();
    this.trust = trust;
  }

  /** Credentials that need no renewal while a test runs, so that nothing asks Google for any. */
  private static GoogleCredentials credentials() {
    Date expiry = Date.from(Instant.now().plus(1, ChronoUnit.DAYS));
    return GoogleCredentials.create(new AccessToken("made-up", expiry));
  }

  /** Reads a stream of Gemini; the client's own exception comes through. */
  public Reading gemini(String model, int maxTokens) {
    return gemini(model, maxTokens, chunk -> {});
  }

  /** Reads a stream of Gemini, and shows each chunk to {@code each}. */
  Reading gemini(String model, int maxTokens, Consumer<GenerateContentResponse> each) {
    OkHttpClient.Builder http = new OkHttpClient.Builder();
    trust.ifPresent(run -> http.sslSocketFactory(run.context().getSocketFactory(), run.manager()));
    List<GenerateContentResponse> chunks = new ArrayList<>();
    try (Client client =
            Client.builder()
                .vertexAI(true)
                .project(PROJECT)
                .location(LOCATION)
                .credentials(credentials())
                .httpOptions(HttpOptions.builder().baseUrl(base).build())
                .clientOptions(ClientOptions.builder().customHttpClient(http.build()).build())
                .build();
        ResponseStream<GenerateContentResponse> stream =
            client.models.generateContentStream(
                model,
                PROMPT,
                GenerateContentConfig.builder().maxOutputTokens(maxTokens).build())) {
      for (GenerateContentResponse chunk : stream) {
        each.accept(chunk);
        chunks.add(chunk);
      }
    }
    return OfficialClients.reading(chunks);
  }

  /** Reads a stream of Anthropic's; the client's own exception comes through. */
  public Reading anthropic(String model, int maxTokens) {
    return anthropic(model, maxTokens, event -> {});
  }

  /** Reads a stream of Anthropic's, and shows each event to {@code each}. */
  Reading anthropic(String model, int maxTokens, Consumer<RawMessageStreamEvent> each) {
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder()
            .backend(
                VertexBackend.builder()
                    .googleCredentials(credentials())
                    .project(PROJECT)
                    .region(LOCATION)
                    .baseUrl(base)
                    .build())
            .maxRetries(0);
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
      stream.stream().peek(each).forEach(sum::accumulate);
    } finally {
      client.close();
    }
    return OfficialClients.reading(sum.message());
  }
}
