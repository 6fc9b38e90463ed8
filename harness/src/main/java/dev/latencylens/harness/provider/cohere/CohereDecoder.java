package dev.latencylens.harness.provider.cohere;

import dev.latencylens.harness.framing.Frame;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.JsonEvents;
import dev.latencylens.harness.provider.Labels;
import dev.latencylens.harness.provider.TextBuffer;
import dev.latencylens.harness.provider.TokenCounts;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventSink;
import dev.latencylens.harness.stream.StreamAttribute;
import java.util.Arrays;

/**
 * Reads the typed events of a streamed chat, by Cohere's guides
 * (https://docs.cohere.com/v2/docs/streaming, https://docs.cohere.com/docs/tool-use-streaming) and
 * its OpenAPI description of August 2026, read in November 2026. Each kind of content has a field
 * name of its own, so that only the end of the message goes by the type. The plan that comes before
 * tool calls, {@code tool_plan}, is reasoning: the reference calls it "a chain-of-thought style
 * reflection and plan", and a person who waits for the answer sees none of it.
 *
 * <p>Usage is that of {@code usage.tokens}, what the model read and wrote; {@code billed_units},
 * which leave out what Cohere's own template adds, become attributes. Thinking is streamed whole
 * and not counted apart, so nothing is unstreamed; the tokens of the template around a tool call
 * are counted too, though no event carries them.
 *
 * <p>A failure while generating comes as the finish reason {@code ERROR} or {@code TIMEOUT}, some
 * with free text in {@code error}: it is reported as an error of that type, and is no end of the
 * answer. An error that comes in place of an event has a {@code message} and no {@code type}.
 */
final class CohereDecoder implements EventDecoder {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};
  private static final String UNNAMED = "error";
  private static final String[] LAST_TYPES = {"message-end"};

  /** Finish reasons of an answer that the service could not finish. */
  private static final String[] FAILURES = {"ERROR", "TIMEOUT"};

  private final JsonEvents json = new JsonEvents();
  private final Labels labels = new Labels();
  private final TextBuffer text = new TextBuffer();
  private final TokenCounts counts = new TokenCounts();

  private boolean typed;
  private boolean ended;
  private boolean messageSeen;
  private boolean errorSeen;
  private boolean usageSeen;
  private String failure = "";
  private boolean terminated;

  @Override
  public void decode(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (isDone(frame)) {
      terminate(sink);
      return;
    }
    if (!json.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    typed = false;
    ended = false;
    messageSeen = false;
    errorSeen = false;
    usageSeen = false;
    failure = "";
    while (json.nextField()) {
      switch (json.name()) {
        case "type" -> type();
        case "id" -> labels.attribute(StreamAttribute.RESPONSE_ID, json, sink);
        case "delta" -> delta(sink);
        case "message" -> {
          messageSeen = json.readText(text);
          text.clear();
        }
        default -> json.skip();
      }
    }
    json.end();
    finishEvent(sink);
  }

  @Override
  public void end(final EventSink sink) {
    // All was told when it came.
  }

  // Some gateways in front of the API end the stream as OpenAI does.
  private static boolean isDone(final Frame frame) {
    return Arrays.equals(
        frame.bytes(), frame.offset(), frame.offset() + frame.length(), DONE, 0, DONE.length);
  }

  private void type() throws BrokenStreamException {
    ended = json.textAmong(LAST_TYPES) == 0;
    typed = true;
  }

  private void finishEvent(final EventSink sink) {
    if (usageSeen) {
      sink.usage(counts.toUsage(0));
    }
    if (!failure.isEmpty()) {
      sink.error(failure);
    } else if (errorSeen || (messageSeen && !typed)) {
      sink.error(UNNAMED);
    } else if (ended) {
      terminate(sink);
    }
  }

  private void terminate(final EventSink sink) {
    if (!terminated) {
      terminated = true;
      sink.terminated();
    }
  }

  private void delta(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "message" -> message(sink);
        case "finish_reason" -> finishReason(sink);
        case "usage" -> usage(sink);
        case "error" -> {
          errorSeen = json.isObject() || json.readText(text);
          text.clear();
          json.skip();
        }
        default -> json.skip();
      }
    }
  }

  private void message(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "content" -> block(sink);
        case "tool_plan" -> content(ContentKind.REASONING, sink);
        case "tool_calls" -> toolCall(sink);
        default -> json.skip();
      }
    }
  }

  private void block(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "text" -> content(ContentKind.TEXT, sink);
        case "thinking" -> content(ContentKind.REASONING, sink);
        default -> json.skip();
      }
    }
  }

  private void toolCall(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("function") && json.enterObject()) {
        while (json.nextField()) {
          if (json.name().equals("arguments")) {
            content(ContentKind.TOOL_ARGUMENTS, sink);
          } else {
            json.skip();
          }
        }
      } else {
        json.skip();
      }
    }
  }

  private void content(final ContentKind kind, final EventSink sink) throws BrokenStreamException {
    if (json.readText(text)) {
      text.report(kind, sink);
    }
  }

  private void finishReason(final EventSink sink) throws BrokenStreamException {
    final int failed = json.textAmong(FAILURES);
    if (failed >= 0) {
      failure = FAILURES[failed];
    } else {
      labels.finishReason(json, sink);
    }
  }

  private void usage(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    usageSeen = true;
    while (json.nextField()) {
      switch (json.name()) {
        case "tokens" -> tokens();
        case "billed_units" -> billedUnits(sink);
        case "cached_tokens" -> counts.cachedInput(json.count());
        default -> json.skip();
      }
    }
  }

  private void tokens() throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "input_tokens" -> counts.input(json.count());
        case "output_tokens" -> counts.output(json.count());
        default -> json.skip();
      }
    }
  }

  private void billedUnits(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "input_tokens" ->
            labels.countAttribute(StreamAttribute.BILLED_INPUT_TOKENS, json, sink);
        case "output_tokens" ->
            labels.countAttribute(StreamAttribute.BILLED_OUTPUT_TOKENS, json, sink);
        default -> json.skip();
      }
    }
  }
}
