package dev.latencylens.harness.official;

import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.completions.CompletionUsage;

/** Adds up the chunks of one OpenAI stream as the official client hands them out. */
final class OpenAiSum {

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder tool = new StringBuilder();
  private String id = "";
  private String finish = "";
  private long promptTokens = -1;
  private long outputTokens = -1;
  private long reasoningTokens;

  void add(ChatCompletionChunk chunk) {
    if (!chunk.id().isEmpty()) {
      id = chunk.id();
    }
    chunk.choices().forEach(this::add);
    chunk.usage().ifPresent(this::add);
  }

  private void add(ChatCompletionChunk.Choice choice) {
    // Azure's later remarks of its content filter are choices without a delta.
    choice._delta().asKnown().ifPresent(this::add);
    choice.finishReason().ifPresent(reason -> finish = reason.toString());
  }

  private void add(ChatCompletionChunk.Choice.Delta delta) {
    delta.content().ifPresent(text::append);
    delta.refusal().ifPresent(text::append);
    delta
        .toolCalls()
        .ifPresent(
            calls ->
                calls.forEach(
                    call ->
                        call.function()
                            .ifPresent(
                                function -> {
                                  function.name().ifPresent(tool::append);
                                  function.arguments().ifPresent(tool::append);
                                })));
  }

  private void add(CompletionUsage usage) {
    promptTokens = usage.promptTokens();
    outputTokens = usage.completionTokens();
    reasoningTokens =
        usage.completionTokensDetails().flatMap(details -> details.reasoningTokens()).orElse(0L);
  }

  Reading reading() {
    return new Reading(
        id,
        text.toString(),
        "",
        tool.toString(),
        finish,
        promptTokens,
        outputTokens,
        reasoningTokens);
  }
}
