package dev.latencylens.harness.provider.google;

import dev.latencylens.harness.framing.Frame;
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
 * Reads {@code GenerateContentResponse} objects, by Google's API reference
 * (https://ai.google.dev/api/generate-content, November 2026). There is no end mark: the finish
 * reason is the end. A prompt that was blocked has no candidate; the block reason is its finish
 * reason. A function call comes whole, its arguments as a JSON object: they are one piece of
 * content, written without white space.
 *
 * <p>The service tier is {@code serviceTier} on the Gemini API, and {@code trafficType}, "which
 * quota is consumed", on Vertex AI. Input tokens are those of the prompt, which include cached
 * ones, and those of what the service's own tools put before the model, which the API counts apart.
 *
 * <p>{@link dev.latencylens.harness.stream.Usage#unstreamedTokens()}: {@code candidatesTokenCount}
 * leaves thoughts out, so output is the sum of both. Without a thought part in the stream the
 * thoughts were held back, all of them. Thought parts are summaries
 * (https://ai.google.dev/gemini-api/docs/thinking), and nothing tells how many tokens they have:
 * with them the split can't be known.
 */
public final class GoogleDecoder implements EventDecoder {
  private final JsonEvents json = new JsonEvents();
  private final Labels labels = new Labels();
  private final TokenCounts counts = new TokenCounts();
  private final TextBuffer text = new TextBuffer();

  private boolean thoughtsShown;
  private boolean usageSeen;
  private boolean hasContent;
  private long promptTokens = TokenCounts.UNKNOWN;
  private long toolUseTokens = TokenCounts.UNKNOWN;
  private long candidatesTokens = TokenCounts.UNKNOWN;
  private long thoughtsTokens = TokenCounts.UNKNOWN;

  /** Makes the decoder of one stream. */
  public GoogleDecoder() {}

  @Override
  public void decode(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (!json.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    hasContent = false;
    while (json.nextField()) {
      switch (json.name()) {
        case "candidates" -> candidates(sink);
        case "usageMetadata" -> usage(sink);
        case "promptFeedback" -> promptFeedback(sink);
        case "error" -> error(sink);
        case "responseId" -> labels.attribute(StreamAttribute.RESPONSE_ID, json, sink);
        case "modelVersion" -> labels.attribute(StreamAttribute.MODEL, json, sink);
        default -> json.skip();
      }
    }
    json.end();
    // Each event carries the counts so far: those beside content wait, usually for the end.
    if (!hasContent) {
      reportUsage(sink);
    }
  }

  @Override
  public void end(final EventSink sink) {
    reportUsage(sink);
  }

  private void candidates(final EventSink sink) throws BrokenStreamException {
    if (!json.enterArray()) {
      return;
    }
    while (json.nextElement()) {
      if (json.enterObject()) {
        while (json.nextField()) {
          switch (json.name()) {
            case "content" -> content(sink);
            case "finishReason" -> labels.finishReason(json, sink);
            default -> json.skip();
          }
        }
      }
    }
  }

  private void content(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("parts") && json.enterArray()) {
        while (json.nextElement()) {
          part(sink);
        }
      } else {
        json.skip();
      }
    }
  }

  private void part(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    text.clear();
    boolean thought = false;
    while (json.nextField()) {
      switch (json.name()) {
        case "text" -> json.readText(text);
        case "thought" -> thought = json.flag();
        case "functionCall" -> functionCall(sink);
        default -> json.skip();
      }
    }
    if (!text.isEmpty()) {
      hasContent = true;
      thoughtsShown |= thought;
      // Whether it is a thought may stand after the text.
      text.report(thought ? ContentKind.REASONING : ContentKind.TEXT, sink);
    }
  }

  private void functionCall(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("args") && !json.isNull()) {
        final char[] arguments = json.json().toCharArray();
        hasContent = true;
        sink.content(ContentKind.TOOL_ARGUMENTS, arguments, 0, arguments.length);
      } else {
        json.skip();
      }
    }
  }

  private void promptFeedback(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("blockReason")) {
        labels.finishReason(json, sink);
      } else {
        json.skip();
      }
    }
  }

  private void error(final EventSink sink) throws BrokenStreamException {
    if (!json.isNull()) {
      final ErrorObject error = new ErrorObject("status", "code");
      error.read(json);
      sink.error(error.type());
    }
  }

  private void usage(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    usageSeen = true;
    while (json.nextField()) {
      switch (json.name()) {
        case "promptTokenCount" -> promptTokens = known(json.count(), promptTokens);
        case "toolUsePromptTokenCount" -> toolUseTokens = known(json.count(), toolUseTokens);
        case "cachedContentTokenCount" -> counts.cachedInput(json.count());
        case "candidatesTokenCount" -> candidatesTokens = known(json.count(), candidatesTokens);
        case "thoughtsTokenCount" -> thoughtsTokens = known(json.count(), thoughtsTokens);
        case "serviceTier", "trafficType" ->
            labels.attribute(StreamAttribute.SERVICE_TIER, json, sink);
        default -> json.skip();
      }
    }
  }

  private static long known(final long count, final long before) {
    return count < 0 ? before : count;
  }

  private void reportUsage(final EventSink sink) {
    if (usageSeen) {
      usageSeen = false;
      counts.input(TokenCounts.sum(promptTokens, toolUseTokens));
      counts.output(TokenCounts.sum(candidatesTokens, thoughtsTokens));
      counts.reasoning(thoughtsTokens);
      final long heldBack = Math.max(0, thoughtsTokens);
      sink.usage(counts.toUsage(thoughtsShown ? TokenCounts.UNKNOWN : heldBack));
    }
  }
}
