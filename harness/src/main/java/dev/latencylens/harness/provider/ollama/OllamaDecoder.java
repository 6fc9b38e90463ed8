package dev.latencylens.harness.provider.ollama;

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
 * Reads the lines of a streamed chat, by Ollama's API reference
 * (https://github.com/ollama/ollama/blob/main/docs/api.md) and its server's {@code ChatResponse}
 * (api/types.go), both of August 2026, read in November 2026.
 *
 * <p>A tool call comes whole, its arguments as an object: their JSON text is one piece of content.
 * {@code done: true} ends the stream; older servers give no {@code done_reason} with it, and then
 * no finish reason is made up. {@code eval_count} covers thinking, which is streamed, so nothing is
 * unstreamed. {@code prompt_eval_count} is left out in some versions where all of the prompt was
 * cached; {@code prompt_eval_cached_count} tells cached tokens apart since September 2026.
 *
 * <p>An error is a line whose {@code error} is free text: its type is {@code error}.
 */
final class OllamaDecoder implements EventDecoder {
  private final JsonEvents json = new JsonEvents();
  private final Labels labels = new Labels();
  private final TextBuffer text = new TextBuffer();
  private final TokenCounts counts = new TokenCounts();

  private boolean done;
  private boolean usageSeen;
  private boolean terminated;

  @Override
  public void decode(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (!json.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    done = false;
    usageSeen = false;
    while (json.nextField()) {
      switch (json.name()) {
        case "message" -> message(sink);
        case "done" -> done = json.flag();
        case "error" -> error(sink);
        case "done_reason" -> labels.finishReason(json, sink);
        case "model" -> labels.attribute(StreamAttribute.MODEL, json, sink);
        case "prompt_eval_cached_count" -> counts.cachedInput(json.count());
        case "prompt_eval_count" -> {
          counts.input(json.count());
          usageSeen = true;
        }
        case "eval_count" -> {
          counts.output(json.count());
          usageSeen = true;
        }
        case "total_duration" -> labels.countAttribute(StreamAttribute.SERVER_NANOS, json, sink);
        case "load_duration" ->
            labels.countAttribute(StreamAttribute.SERVER_LOAD_NANOS, json, sink);
        case "prompt_eval_duration" ->
            labels.countAttribute(StreamAttribute.SERVER_PROMPT_NANOS, json, sink);
        case "eval_duration" ->
            labels.countAttribute(StreamAttribute.SERVER_OUTPUT_NANOS, json, sink);
        default -> json.skip();
      }
    }
    json.end();
    if (usageSeen) {
      sink.usage(counts.toUsage(0));
    }
    if (done && !terminated) {
      terminated = true;
      sink.terminated();
    }
  }

  @Override
  public void end(final EventSink sink) {
    // All was told when it came.
  }

  private void message(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "content" -> content(ContentKind.TEXT, sink);
        case "thinking" -> content(ContentKind.REASONING, sink);
        case "tool_calls" -> toolCalls(sink);
        default -> json.skip();
      }
    }
  }

  private void content(final ContentKind kind, final EventSink sink) throws BrokenStreamException {
    if (json.readText(text)) {
      text.report(kind, sink);
    }
  }

  private void toolCalls(final EventSink sink) throws BrokenStreamException {
    if (!json.enterArray()) {
      return;
    }
    while (json.nextElement()) {
      if (json.enterObject()) {
        while (json.nextField()) {
          if (json.name().equals("function")) {
            function(sink);
          } else {
            json.skip();
          }
        }
      }
    }
  }

  private void function(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("arguments") && !json.isNull()) {
        final char[] arguments = json.json().toCharArray();
        sink.content(ContentKind.TOOL_ARGUMENTS, arguments, 0, arguments.length);
      } else {
        json.skip();
      }
    }
  }

  private void error(final EventSink sink) throws BrokenStreamException {
    if (!json.isNull()) {
      final ErrorObject error = new ErrorObject("type", "code");
      error.read(json);
      sink.error(error.type());
    }
  }
}
