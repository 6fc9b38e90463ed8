package dev.latencylens.harness.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.provider.ChatFields;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;

/**
 * Chat Completions: {@code POST {base}/chat/completions}, by OpenAI's API reference
 * (https://platform.openai.com/docs/api-reference/chat/create) and its Java client 4.101.0, both as
 * of November 2026.
 *
 * <p>The limit on output goes as {@code max_completion_tokens}: OpenAI's reasoning models refuse
 * the older {@code max_tokens}, and its API refuses both together. Compatible servers take it too
 * (llama.cpp since February 2026, vLLM and SGLang longer); an older one that ignores it generates
 * up to its own limit.
 *
 * <p>The system prompt goes as a message of the role {@code system}: OpenAI takes it as {@code
 * developer} where a model knows only that, and compatible servers know only {@code system}.
 */
public final class ChatCompletions extends OpenAiApi {
  /** Makes the API as it is without options. */
  public ChatCompletions() {
    this(ApiSettings.NONE);
  }

  ChatCompletions(final ApiSettings settings) {
    super("/chat/completions", settings);
  }

  @Override
  void writeFields(final StreamRequest request, final JsonGenerator json) throws IOException {
    json.writeStringField("model", request.model());
    ChatFields.writeMessages(request, json);
    json.writeBooleanField("stream", true);
    json.writeObjectFieldStart("stream_options");
    json.writeBooleanField("include_usage", true);
    settings().writeObfuscation(json);
    json.writeEndObject();
    if (request.maxOutputTokens().isPresent()) {
      json.writeNumberField("max_completion_tokens", request.maxOutputTokens().getAsInt());
    }
    if (request.temperature().isPresent()) {
      json.writeNumberField("temperature", request.temperature().getAsDouble());
    }
    if (request.seed().isPresent()) {
      json.writeNumberField("seed", request.seed().getAsLong());
    }
    ChatFields.writeTexts("stop", request.stop(), json);
    if (request.reasoningEffort().isPresent()) {
      json.writeStringField("reasoning_effort", request.reasoningEffort().get());
    }
    ChatFields.writeTools(request.tools(), json);
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new OpenAiDecoder();
  }
}
