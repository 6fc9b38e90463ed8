package dev.latencylens.harness.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latencylens.harness.provider.Provider;
import dev.latencylens.harness.provider.ProviderContract;
import dev.latencylens.harness.provider.TargetOptions;
import java.util.List;

/** What every service that serves Anthropic's models in their own format promises. */
public abstract class AnthropicContract extends ProviderContract {
  protected AnthropicContract(
      final Provider provider, final TargetOptions options, final String directory) {
    super(provider, options, directory);
  }

  @Override
  protected String errorType() {
    return "overloaded_error";
  }

  @Override
  protected String eventWithText(final String json) {
    return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
        + json
        + "}}";
  }

  @Override
  protected List<String> eventsWithoutContent() {
    return List.of(
        "{\"type\":\"ping\"}",
        "{\"type\":\"message_start\",\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"no\"}]}}",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"input\":{\"text\":\"no\"}}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"AA\"}}",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"\"}}",
        "{\"type\":\"content_block_stop\",\"index\":0}",
        "{\"type\":\"a_new_event\",\"delta\":{\"type\":\"text_delta\",\"text\":\"no\"}}",
        "{}",
        " ");
  }

  @Override
  protected int maxTokensOf(final JsonNode body) {
    return body.path("max_tokens").asInt();
  }
}
