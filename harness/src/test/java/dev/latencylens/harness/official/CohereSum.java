package dev.latencylens.harness.official;

import com.cohere.api.resources.v2.types.V2ChatStreamResponse;
import com.cohere.api.types.ChatContentDeltaEventDelta;
import com.cohere.api.types.ChatContentDeltaEventDeltaMessage;
import com.cohere.api.types.ChatMessageEndEventDelta;
import com.cohere.api.types.ChatMessageStartEvent;
import com.cohere.api.types.ChatToolCallDeltaEventDelta;
import com.cohere.api.types.ChatToolCallDeltaEventDeltaMessage;
import com.cohere.api.types.ChatToolCallDeltaEventDeltaMessageToolCalls;
import com.cohere.api.types.ChatToolCallDeltaEventDeltaMessageToolCallsFunction;
import com.cohere.api.types.ChatToolCallStartEventDelta;
import com.cohere.api.types.ChatToolCallStartEventDeltaMessage;
import com.cohere.api.types.ChatToolPlanDeltaEventDelta;
import com.cohere.api.types.ChatToolPlanDeltaEventDeltaMessage;
import com.cohere.api.types.ToolCallV2;
import com.cohere.api.types.ToolCallV2Function;
import com.cohere.api.types.Usage;
import com.cohere.api.types.UsageTokens;
import java.util.Optional;

/** Adds up the events of one chat as Cohere's client hands them out; a plan counts as reasoning. */
final class CohereSum {

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder tool = new StringBuilder();
  private String id = "";
  private Optional<ChatMessageEndEventDelta> end = Optional.empty();

  void add(V2ChatStreamResponse event) {
    event
        .getMessageStart()
        .flatMap(ChatMessageStartEvent::getId)
        .ifPresent(responseId -> id = responseId);
    event
        .getContentDelta()
        .flatMap(delta -> delta.getDelta())
        .flatMap(ChatContentDeltaEventDelta::getMessage)
        .flatMap(ChatContentDeltaEventDeltaMessage::getContent)
        .ifPresent(
            content -> {
              content.getText().ifPresent(text::append);
              content.getThinking().ifPresent(reasoning::append);
            });
    event
        .getToolPlanDelta()
        .flatMap(delta -> delta.getDelta())
        .flatMap(ChatToolPlanDeltaEventDelta::getMessage)
        .flatMap(ChatToolPlanDeltaEventDeltaMessage::getToolPlan)
        .ifPresent(reasoning::append);
    addToolCall(event);
    event.getMessageEnd().ifPresent(last -> end = last.getDelta());
  }

  private void addToolCall(V2ChatStreamResponse event) {
    event
        .getToolCallStart()
        .flatMap(start -> start.getDelta())
        .flatMap(ChatToolCallStartEventDelta::getMessage)
        .flatMap(ChatToolCallStartEventDeltaMessage::getToolCalls)
        .flatMap(ToolCallV2::getFunction)
        .flatMap(ToolCallV2Function::getName)
        .ifPresent(tool::append);
    event
        .getToolCallDelta()
        .flatMap(delta -> delta.getDelta())
        .flatMap(ChatToolCallDeltaEventDelta::getMessage)
        .flatMap(ChatToolCallDeltaEventDeltaMessage::getToolCalls)
        .flatMap(ChatToolCallDeltaEventDeltaMessageToolCalls::getFunction)
        .flatMap(ChatToolCallDeltaEventDeltaMessageToolCallsFunction::getArguments)
        .ifPresent(tool::append);
  }

  /** Returns what the events came to; the service does not count reasoning apart. */
  Reading reading() {
    Optional<UsageTokens> tokens =
        end.flatMap(ChatMessageEndEventDelta::getUsage).flatMap(Usage::getTokens);
    return new Reading(
        id,
        text.toString(),
        reasoning.toString(),
        tool.toString(),
        end.flatMap(ChatMessageEndEventDelta::getFinishReason).map(Object::toString).orElse(""),
        tokens.flatMap(UsageTokens::getInputTokens).map(Double::longValue).orElse(-1L),
        tokens.flatMap(UsageTokens::getOutputTokens).map(Double::longValue).orElse(-1L),
        0);
  }
}
