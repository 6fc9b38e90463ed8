package dev.latencylens.harness.official;

import java.util.Optional;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStart;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** Adds up the events of one ConverseStream answer; its streams carry no id but the request's. */
final class ConverseSum {

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder tool = new StringBuilder();
  private final ConverseStreamResponseHandler.Visitor visitor =
      ConverseStreamResponseHandler.Visitor.builder()
          .onContentBlockStart(start -> start(start.start()))
          .onContentBlockDelta(delta -> delta(delta.delta()))
          .onMessageStop(stop -> finish = stop.stopReasonAsString())
          .onMetadata(metadata -> usage = Optional.ofNullable(metadata.usage()))
          .build();

  private volatile String requestId = "";
  private volatile String finish = "";
  private volatile Optional<TokenUsage> usage = Optional.empty();

  void begin(String id) {
    requestId = id;
  }

  void add(ConverseStreamOutput event) {
    event.accept(visitor);
  }

  private void start(ContentBlockStart start) {
    Optional.ofNullable(start.toolUse()).ifPresent(call -> tool.append(call.name()));
  }

  private void delta(ContentBlockDelta delta) {
    Optional.ofNullable(delta.text()).ifPresent(text::append);
    Optional.ofNullable(delta.toolUse()).ifPresent(call -> tool.append(call.input()));
    Optional.ofNullable(delta.reasoningContent())
        .flatMap(part -> Optional.ofNullable(part.text()))
        .ifPresent(reasoning::append);
  }

  /** Returns what the events came to; the service does not count reasoning apart. */
  Reading reading() {
    return new Reading(
        requestId,
        text.toString(),
        reasoning.toString(),
        tool.toString(),
        finish,
        usage.map(TokenUsage::inputTokens).orElse(-1),
        usage.map(TokenUsage::outputTokens).orElse(-1),
        0);
  }
}
