package dev.latencylens.harness.official;

import com.cohere.api.Cohere;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import com.cohere.api.resources.v2.types.V2ChatStreamResponse;
import com.cohere.api.types.ChatMessageV2;
import com.cohere.api.types.Thinking;
import com.cohere.api.types.ThinkingType;
import com.cohere.api.types.ToolV2;
import com.cohere.api.types.ToolV2Function;
import com.cohere.api.types.UserMessageV2;
import com.cohere.api.types.UserMessageV2Content;
import dev.latencylens.fixtures.simulator.RunTrust;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** Cohere's official client. */
public final class CohereClient {

  private static final String KEY = "made-up";

  private final Cohere client;

  /** Makes a client of what is served at {@code base}. */
  public CohereClient(URI base, Optional<RunTrust> trust) {
    OkHttpClient.Builder http = new OkHttpClient.Builder();
    trust.ifPresent(run -> http.sslSocketFactory(run.context().getSocketFactory(), run.manager()));
    this.client =
        Cohere.builder()
            .token(KEY)
            .url(base.toString())
            .maxRetries(0)
            .httpClient(http.build())
            .build();
  }

  /** Reads a stream; the client's own exception comes through. */
  public Reading read(String model, int maxTokens) {
    return read(model, maxTokens, event -> {});
  }

  /** Reads a stream, and shows each event to {@code each}. */
  Reading read(String model, int maxTokens, Consumer<V2ChatStreamResponse> each) {
    V2ChatStreamRequest request =
        V2ChatStreamRequest.builder()
            .model(model)
            .messages(
                List.of(
                    ChatMessageV2.user(
                        UserMessageV2.builder()
                            .content(UserMessageV2Content.of("Say hello."))
                            .build())))
            .maxTokens(maxTokens)
            .temperature(0.3f)
            .thinking(Thinking.builder().type(ThinkingType.ENABLED).tokenBudget(500).build())
            .tools(
                List.of(
                    ToolV2.builder()
                        .function(
                            ToolV2Function.builder()
                                .name("speak")
                                .parameters(Map.of("type", "object"))
                                .build())
                        .build()))
            .build();
    CohereSum sum = new CohereSum();
    for (V2ChatStreamResponse event : client.v2().chatStream(request)) {
      each.accept(event);
      sum.add(event);
    }
    return sum.reading();
  }
}
