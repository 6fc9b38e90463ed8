package dev.latencylens.harness.provider.openai;

import dev.latencylens.harness.framing.Frame;
import dev.latencylens.harness.provider.ChatDialect;
import dev.latencylens.harness.provider.ChatDialect.ReasoningPlace;
import dev.latencylens.harness.provider.ErrorObject;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.JsonEvents;
import dev.latencylens.harness.provider.Labels;
import dev.latencylens.harness.provider.TextBuffer;
import dev.latencylens.harness.provider.TokenCounts;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventSink;
import dev.latencylens.harness.stream.StreamAttribute;

/**
 * Reads {@code chat.completion.chunk} objects, by OpenAI's API reference
 * (https://platform.openai.com/docs/api-reference/chat-streaming, November 2026). Reasoning is not
 * in that reference: compatible servers stream it as {@code reasoning_content} (DeepSeek,
 * llama.cpp, SGLang) or {@code reasoning} (vLLM, OpenRouter, Groq), some as both with the same
 * text, so that only the first of a delta counts. Which of them a service has stands in its {@link
 * ChatDialect}.
 *
 * <p>{@link dev.latencylens.harness.stream.Usage#unstreamedTokens()}: OpenAI bills {@code
 * reasoning_tokens} and never streams them, so all of them are unstreamed; a server that streams
 * reasoning streams it whole, so none are; one that counts no reasoning held none back.
 */
final class OpenAiDecoder implements EventDecoder {
  private final JsonEvents json = new JsonEvents();
  private final Labels labels = new Labels();
  private final TextBuffer text = new TextBuffer();
  private final TokenCounts counts = new TokenCounts();

  private final ContentParts parts = new ContentParts(json, text);
  private final ChatDialect dialect;
  private boolean reasoningStreamed;
  private boolean hasContent;
  private boolean usageSeen;

  /** What the last content was, and that of the event that is remembered. */
  private ContentKind lastKind = ContentKind.TEXT;

  private ContentKind rememberedKind = ContentKind.TEXT;

  /** Whether the event had nothing but content. */
  private boolean contentOnly;

  OpenAiDecoder(final ChatDialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public void decode(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (DoneMark.is(frame)) {
      sink.terminated();
      return;
    }
    if (json.repeats(frame.bytes(), frame.offset(), frame.length(), text)) {
      text.report(rememberedKind, sink);
      return;
    }
    if (!json.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    hasContent = false;
    contentOnly = true;
    while (json.nextField()) {
      switch (json.name()) {
        case "choices" -> choices(sink);
        case "usage" -> usage();
        case "x_groq" -> groq();
        case "error" -> error(sink);
        case "id" -> labels.attribute(StreamAttribute.RESPONSE_ID, json, sink);
        case "model" -> labels.attribute(StreamAttribute.MODEL, json, sink);
        case "system_fingerprint" ->
            labels.attribute(StreamAttribute.SYSTEM_FINGERPRINT, json, sink);
        case "service_tier" -> labels.attribute(StreamAttribute.SERVICE_TIER, json, sink);
        default -> json.skip();
      }
    }
    json.end();
    if (hasContent && contentOnly && json.remember(frame.bytes(), frame.offset(), frame.length())) {
      rememberedKind = lastKind;
    }
    // Some servers repeat the usage with each piece of content: then only the last is reported.
    if (!hasContent) {
      reportUsage(sink);
    }
  }

  @Override
  public void end(final EventSink sink) {
    reportUsage(sink);
  }

  private void choices(final EventSink sink) throws BrokenStreamException {
    if (!json.enterArray()) {
      return;
    }
    while (json.nextElement()) {
      if (json.enterObject()) {
        while (json.nextField()) {
          switch (json.name()) {
            case "delta" -> delta(sink);
            case "finish_reason" -> finish(sink);
            default -> json.skip();
          }
        }
      }
    }
  }

  private void finish(final EventSink sink) throws BrokenStreamException {
    contentOnly &= json.isNull();
    labels.finishReason(json, sink);
  }

  private void delta(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    boolean reasoned = false;
    while (json.nextField()) {
      switch (json.name()) {
        case "content" -> answer(sink);
        case "refusal" -> content(ContentKind.TEXT, sink);
        case "reasoning_content" ->
            reasoned |= reasoning(ReasoningPlace.REASONING_CONTENT, reasoned, sink);
        case "reasoning" -> reasoned |= reasoning(ReasoningPlace.REASONING, reasoned, sink);
        case "tool_calls" -> toolCalls(sink);
        case "function_call" -> field("arguments", sink);
        default -> json.skip();
      }
    }
    reasoningStreamed |= reasoned || parts.reasoned();
  }

  private void answer(final EventSink sink) throws BrokenStreamException {
    if (json.isArray() && dialect.reasoning().contains(ReasoningPlace.CONTENT_PARTS)) {
      contentOnly = false;
      hasContent |= parts.read(sink);
    } else {
      content(ContentKind.TEXT, sink);
    }
  }

  private boolean reasoning(final ReasoningPlace place, final boolean already, final EventSink sink)
      throws BrokenStreamException {
    if (already || !dialect.reasoning().contains(place)) {
      json.skip();
      return false;
    }
    return content(ContentKind.REASONING, sink);
  }

  private boolean content(final ContentKind kind, final EventSink sink)
      throws BrokenStreamException {
    final boolean some = json.readText(text);
    if (some) {
      hasContent = true;
      lastKind = kind;
      text.report(kind, sink);
    }
    return some;
  }

  private void toolCalls(final EventSink sink) throws BrokenStreamException {
    if (!json.enterArray()) {
      return;
    }
    while (json.nextElement()) {
      if (json.enterObject()) {
        while (json.nextField()) {
          switch (json.name()) {
            case "function" -> field("arguments", sink);
            case "custom" -> field("input", sink);
            default -> json.skip();
          }
        }
      }
    }
  }

  private void field(final String ofArguments, final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals(ofArguments)) {
        content(ContentKind.TOOL_ARGUMENTS, sink);
      } else {
        json.skip();
      }
    }
  }

  private void error(final EventSink sink) throws BrokenStreamException {
    if (!json.isNull()) {
      contentOnly = false;
      final ErrorObject error = new ErrorObject("type", "code");
      error.read(json);
      sink.error(error.type());
    }
  }

  private void groq() throws BrokenStreamException {
    if (dialect.usage() != ChatDialect.UsagePlace.X_GROQ) {
      json.skip();
    } else if (json.enterObject()) {
      while (json.nextField()) {
        if (json.name().equals("usage")) {
          usage();
        } else {
          json.skip();
        }
      }
    }
  }

  private void usage() throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    usageSeen = true;
    contentOnly = false;
    while (json.nextField()) {
      switch (json.name()) {
        case "prompt_tokens" -> counts.input(json.count());
        case "completion_tokens" -> counts.output(json.count());
        case "prompt_tokens_details", "completion_tokens_details" -> details();
        default -> json.skip();
      }
    }
  }

  private void details() throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "cached_tokens" -> counts.cachedInput(json.count());
        case "reasoning_tokens" -> counts.reasoning(json.count());
        default -> json.skip();
      }
    }
  }

  private void reportUsage(final EventSink sink) {
    if (usageSeen) {
      usageSeen = false;
      sink.usage(counts.toUsage(reasoningStreamed ? 0 : Math.max(0, counts.reasoning())));
    }
  }
}
