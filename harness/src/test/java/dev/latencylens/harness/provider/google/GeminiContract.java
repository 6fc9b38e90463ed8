package dev.latencylens.harness.provider.google;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.TargetOptions;
import java.util.List;

/** What every service that serves Gemini promises. */
public abstract class GeminiContract extends ProviderContract {
  protected GeminiContract(
      final Provider provider, final TargetOptions options, final String directory) {
    super(provider, options, directory);
  }

  @Override
  protected String errorType() {
    return "UNAVAILABLE";
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":"
        + json
        + "}],\"role\":\"model\"}}]}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\",\"thought\":true}]}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"thoughtSignature\":\"AA\"}]}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":null}}]}}]}",
        "{\"candidates\":[{\"content\":{\"role\":\"model\"}}]}",
        "{\"candidates\":[{\"content\":{}}]}",
        "{\"candidates\":[{\"index\":0}]}",
        "{\"candidates\":[]}",
        "{\"usageMetadata\":{\"promptTokenCount\":3}}",
        "{}",
        " ");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("generationConfig").path("maxOutputTokens").asInt();
  }
}
