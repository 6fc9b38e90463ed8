package dev.latencylens.results.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;

/**
 * What others may read of a configuration: a list of what says how was measured, so that a setting
 * which nobody thought of, such as one that names an address, an account or a file, stays private.
 */
final class PublicSettings {
  private static final Set<String> TARGETS =
      Set.of(
          "targets",
          "name",
          "provider",
          "model",
          "api",
          "api_version",
          "publisher",
          "region",
          "location",
          "framing",
          "verify_ssl",
          "allow_plaintext",
          "thinking",
          "thinking_budget",
          "thinking_display",
          "reasoning_effort",
          "reasoning_summary",
          "include_thoughts",
          "obfuscation",
          "keep_alive",
          "temperature",
          "seed");
  private static final Set<String> WORK =
      Set.of(
          "workload",
          "sha256",
          "characters",
          "order",
          "generate",
          "input_tokens",
          "output_tokens",
          "min",
          "max",
          "cache_busting",
          "max_output_tokens",
          "load",
          "arrivals",
          "streams",
          "concurrency",
          "users",
          "rate",
          "to_rate",
          "duration",
          "burstiness",
          "max_in_flight",
          "steps",
          "rounds",
          "objectives",
          "ttft",
          "tpot",
          "share",
          "comparison",
          "metrics",
          "margins",
          "p50",
          "p95",
          "p99",
          "pairs",
          "baseline",
          "candidate");
  private static final Set<String> BOUNDS =
      Set.of(
          "deadlines",
          "connect",
          "first_byte",
          "first_token",
          "idle",
          "total",
          "limits",
          "requests_per_second",
          "requests_per_minute",
          "tokens_per_second",
          "tokens_per_minute",
          "burst",
          "streams_in_flight",
          "run",
          "budget",
          "requests",
          "tokens",
          "usd",
          "stop_target",
          "error_share",
          "after_streams",
          "retries",
          "http2",
          "connections",
          "pool_size",
          "max_idle_per_host",
          "pool_idle_timeout",
          "reuse",
          "prepare",
          "resume_sessions",
          "max_stream_bytes",
          "max_event_bytes",
          "canary_share");

  /** Public as long as they hold a hash and a length in place of the text. */
  private static final Set<String> HASHED = Set.of("prompt", "system");

  private final PublicText text;

  PublicSettings(PublicText text) {
    this.text = text;
  }

  /** The settings that may be read, as they are but for the names in them. */
  JsonNode of(JsonNode settings) {
    if (settings.isTextual()) {
      return TextNode.valueOf(text.sentence(settings.textValue()));
    } else if (settings.isArray()) {
      ArrayNode kept = JsonNodeFactory.instance.arrayNode();
      settings.forEach(element -> kept.add(of(element)));
      return kept;
    } else if (settings.isObject()) {
      ObjectNode kept = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : settings.properties()) {
        if (isPublic(field.getKey(), field.getValue())) {
          kept.set(field.getKey(), of(field.getValue()));
        }
      }
      return kept;
    }
    return settings;
  }

  private static boolean isPublic(String field, JsonNode value) {
    return TARGETS.contains(field)
        || WORK.contains(field)
        || BOUNDS.contains(field)
        || (HASHED.contains(field) && value.isObject());
  }
}
