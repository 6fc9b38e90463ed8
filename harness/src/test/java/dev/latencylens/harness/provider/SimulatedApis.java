package dev.latencylens.harness.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latencylens.harness.config.BundledDialects;
import dev.latencylens.harness.config.KeyReference;
import dev.latencylens.harness.config.Network;
import dev.latencylens.harness.config.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The APIs that the fixtures know, by the directory of their recorded streams or their dialect. */
public final class SimulatedApis {
  private static final String AZURE_DEPLOYMENT = "azure-openai api_version=2024-10-21";
  private static final String VERTEX = "vertex project=p location=europe-west4";
  private static final String BEDROCK = "bedrock region=eu-central-1";

  private static final Map<String, String> TARGETS =
      Map.ofEntries(
          Map.entry("openai", "openai"),
          Map.entry("openai/chat", "openai"),
          Map.entry("openai-responses", "openai api=responses"),
          Map.entry("openai/responses", "openai api=responses"),
          Map.entry("azure-openai", AZURE_DEPLOYMENT),
          Map.entry("azure-openai/deployment-chat", AZURE_DEPLOYMENT),
          Map.entry("azure-openai/chat", "azure-openai"),
          Map.entry("azure-openai/responses", "azure-openai api=responses"),
          Map.entry("anthropic", "anthropic"),
          Map.entry("anthropic/messages", "anthropic"),
          Map.entry("google", "google"),
          Map.entry("google/gemini", "google"),
          Map.entry("vertex-gemini", VERTEX),
          Map.entry("vertex/gemini", VERTEX),
          Map.entry("vertex-anthropic", VERTEX + " publisher=anthropic"),
          Map.entry("vertex/anthropic", VERTEX + " publisher=anthropic"),
          Map.entry("bedrock-converse", BEDROCK),
          Map.entry("bedrock/converse-stream", BEDROCK),
          Map.entry("bedrock-anthropic", BEDROCK + " api=invoke"),
          Map.entry("bedrock/invoke-with-response-stream", BEDROCK + " api=invoke"),
          Map.entry("cohere", "cohere"),
          Map.entry("cohere/v2-chat", "cohere"),
          Map.entry("ollama", "ollama"),
          Map.entry("ollama/chat", "ollama"),
          Map.entry("generic", "generic framing=sse"),
          Map.entry("generic/events", "generic framing=sse path=/events"),
          Map.entry("generic/lines", "generic framing=ndjson path=/lines"));

  private static final String GENERIC_EVENTS =
      """
      {"id": "/id", "text": "/delta/text", "reasoning": "/delta/thinking",
       "tool_arguments": "/delta/arguments", "finish_reason": "/why",
       "input_tokens": "/counts/in", "cached_input_tokens": "/counts/cached",
       "output_tokens": "/counts/out", "reasoning_tokens": "/counts/thinking",
       "error_type": "/error/kind", "end_text": "[END]"}
      """;

  private SimulatedApis() {}

  /** The API whose streams a directory of the fixtures holds, or that a dialect plays. */
  public static StreamApi of(final String name) throws OptionException {
    final Target target = target(name, "m");
    return Providers.load().get(target.provider()).api(target.options());
  }

  /** The provider of a dialect that stands in the suite's table. */
  private static Optional<String> dialect(final String name) {
    return Optional.of(name.split("/", -1)[0])
        .filter(
            id ->
                new BundledDialects()
                    .dialects().stream().anyMatch(dialect -> dialect.id().equals(id)));
  }

  /** A target that asks that API. */
  public static Target target(final String name, final String model) {
    final String[] words =
        Optional.ofNullable(TARGETS.get(name))
            .or(() -> dialect(name))
            .orElseThrow(() -> new IllegalArgumentException("no API for " + name))
            .split(" ", -1);
    final Map<String, JsonNode> options = new HashMap<>();
    for (int i = 1; i < words.length; i++) {
      final String[] pair = words[i].split("=", 2);
      options.put(pair[0], JsonNodeFactory.instance.textNode(pair[1]));
    }
    if (words[0].equals("generic")) {
      options.put(
          "request",
          json(
              "{\"model\": \"${model}\", \"prompt\": \"${prompt}\", \"limit\":"
                  + " \"${max_output_tokens}\"}"));
      options.put("events", json(GENERIC_EVENTS));
    }
    return new Target(
        name,
        words[0],
        model,
        Optional.empty(),
        Network.DEFAULT,
        new KeyReference.ProviderDefault(),
        new TargetOptions(options),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static ObjectNode json(final String text) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(text);
    } catch (final JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
