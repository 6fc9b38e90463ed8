package dev.latencylens.harness.provider.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.ChatFields;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.stream.StreamRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

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
 *
 * <p>What other services call differently, take not at all or put elsewhere stands in their {@link
 * ChatDialect}; OpenAI's own has the same form.
 */
public final class ChatCompletions extends OpenAiApi {
  private static final ChatDialect OPENAI =
      new ChatDialect(
          "openai",
          DEFAULT_BASE_URL,
          Optional.of("OPENAI_API_KEY"),
          ChatDialect.UsagePlace.OWN_CHUNK,
          // Not OpenAI's: for servers that are asked as if they were.
          List.of(
              ChatDialect.ReasoningPlace.REASONING_CONTENT, ChatDialect.ReasoningPlace.REASONING),
          true,
          ChatDialect.MaxTokensField.MAX_COMPLETION_TOKENS,
          false,
          false,
          List.of(),
          Optional.empty(),
          Optional.empty());

  private final ChatDialect dialect;

  /** Makes the API as it is without options. */
  public ChatCompletions() {
    this(ApiSettings.NONE);
  }

  ChatCompletions(final ApiSettings settings) {
    this(settings, OPENAI);
  }

  ChatCompletions(final ApiSettings settings, final ChatDialect dialect) {
    super(dialect.baseUrl(), "/chat/completions", settings);
    this.dialect = dialect;
  }

  @Override
  void writeFields(final StreamRequest request, final JsonGenerator json) throws IOException {
    json.writeStringField("model", request.model());
    ChatFields.writeMessages(request, json);
    json.writeBooleanField("stream", true);
    if (dialect.streamOptions()) {
      json.writeObjectFieldStart("stream_options");
      json.writeBooleanField("include_usage", true);
      settings().writeObfuscation(json);
      json.writeEndObject();
    }
    if (request.maxOutputTokens().isPresent()) {
      json.writeNumberField(dialect.maxTokens().wireName(), request.maxOutputTokens().getAsInt());
      if (request.exactOutput()) {
        writeLength(request.maxOutputTokens().getAsInt(), json);
      }
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

  private void writeLength(final int tokens, final JsonGenerator json) throws IOException {
    for (final ChatDialect.LengthField field : dialect.exactOutput()) {
      switch (field) {
        case IGNORE_EOS -> json.writeBooleanField("ignore_eos", true);
        case MIN_TOKENS -> json.writeNumberField("min_tokens", tokens);
      }
    }
  }

  @Override
  public boolean takesExactOutput() {
    return !dialect.exactOutput().isEmpty();
  }

  @Override
  public EventDecoder newEventDecoder() {
    return new OpenAiDecoder(dialect);
  }
}
