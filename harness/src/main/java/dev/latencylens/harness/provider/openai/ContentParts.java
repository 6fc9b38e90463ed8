package dev.latencylens.harness.provider.openai;

import dev.latencylens.harness.provider.JsonEvents;
import dev.latencylens.harness.provider.TextBuffer;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventSink;

/**
 * Reads a delta's {@code content} where it is a list of parts, as Mistral's reasoning models stream
 * it (https://docs.mistral.ai/capabilities/reasoning, November 2026): {@code {"type": "thinking",
 * "thinking": [{"type": "text", "text": …}]}} is reasoning, {@code {"type": "text", "text": …}} the
 * answer. Which it is shows in the field, so that the order of the fields does not matter. Not
 * thread-safe.
 */
final class ContentParts {
  private final JsonEvents json;
  private final TextBuffer text;
  private boolean reasoned;
  private boolean some;

  ContentParts(final JsonEvents json, final TextBuffer text) {
    this.json = json;
    this.text = text;
  }

  /** Reads the list on which the reader stands; whether any part of it had text. */
  boolean read(final EventSink sink) throws BrokenStreamException {
    some = false;
    if (json.enterArray()) {
      while (json.nextElement()) {
        part(sink);
      }
    }
    return some;
  }

  /** Whether any part so far was reasoning. */
  boolean reasoned() {
    return reasoned;
  }

  private void part(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "text" -> report(ContentKind.TEXT, sink);
        case "thinking" -> thinking(sink);
        default -> json.skip();
      }
    }
  }

  private void thinking(final EventSink sink) throws BrokenStreamException {
    if (!json.enterArray()) {
      return;
    }
    while (json.nextElement()) {
      if (json.enterObject()) {
        while (json.nextField()) {
          if (json.name().equals("text")) {
            reasoned |= report(ContentKind.REASONING, sink);
          } else {
            json.skip();
          }
        }
      }
    }
  }

  private boolean report(final ContentKind kind, final EventSink sink)
      throws BrokenStreamException {
    final boolean found = json.readText(text);
    if (found) {
      some = true;
      text.report(kind, sink);
    }
    return found;
  }
}
