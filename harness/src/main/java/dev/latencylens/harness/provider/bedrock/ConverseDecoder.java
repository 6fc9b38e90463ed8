package dev.latencylens.harness.provider.bedrock;

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

/**
 * Reads the events of ConverseStream, by AWS's API reference
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html,
 * November 2026). An event's type is its name in the framing; types that are not known are ignored.
 * So are signatures, redacted reasoning, citations and the results of tools that the service ran,
 * which the model did not write, and {@code p}, which only pads. {@code messageStop} is the end
 * mark; {@code metadata} with the usage follows it.
 *
 * <p>Input tokens are {@code inputTokens + cacheReadInputTokens + cacheWriteInputTokens}: the
 * service counts the three apart.
 *
 * <p>{@link dev.latencylens.harness.stream.Usage#unstreamedTokens()}: the API does not count
 * reasoning apart, and what it shows of it may be all, a summary, or a signature only. So where any
 * reasoning came, shown or not, the split can't be known; where none came, nothing was held back.
 */
final class ConverseDecoder implements EventDecoder {
  private final JsonEvents json = new JsonEvents();
  private final Labels labels = new Labels();
  private final TokenCounts counts = new TokenCounts();
  private final ServerTime serverTime = new ServerTime();
  private final TextBuffer text = new TextBuffer();
  private final TextBuffer reasoning = new TextBuffer();
  private final TextBuffer arguments = new TextBuffer();

  private boolean reasoned;
  private boolean usageSeen;

  @Override
  public void decode(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (frame.exception()) {
      // The payload is free text and the status; the type stands in the framing.
      sink.error(BedrockRuntime.errorName(frame.name()));
      return;
    }
    switch (frame.name()) {
      case "contentBlockDelta" -> contentBlockDelta(frame, sink);
      case "messageStop" -> messageStop(frame, sink);
      case "metadata" -> metadata(frame, sink);
      default -> {
        // The start of a message or block, a block's stop, or an event of the future.
      }
    }
  }

  @Override
  public void end(final EventSink sink) {
    // All was told when it came.
  }

  private void contentBlockDelta(final Frame frame, final EventSink sink)
      throws BrokenStreamException {
    if (!json.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    text.clear();
    reasoning.clear();
    arguments.clear();
    while (json.nextField()) {
      if (json.name().equals("delta")) {
        delta();
      } else {
        json.skip();
      }
    }
    json.end();
    reasoning.report(ContentKind.REASONING, sink);
    text.report(ContentKind.TEXT, sink);
    arguments.report(ContentKind.TOOL_ARGUMENTS, sink);
  }

  private void delta() throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "text" -> json.readText(text);
        case "reasoningContent" -> reasoned |= readField("text", reasoning);
        case "toolUse" -> readField("input", arguments);
        default -> json.skip();
      }
    }
  }

  /** Reads one field of the object that the reader stands on; says whether it is one. */
  private boolean readField(final String name, final TextBuffer into) throws BrokenStreamException {
    if (!json.enterObject()) {
      return false;
    }
    while (json.nextField()) {
      if (json.name().equals(name)) {
        json.readText(into);
      } else {
        json.skip();
      }
    }
    return true;
  }

  private void messageStop(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (json.begin(frame.bytes(), frame.offset(), frame.length())) {
      while (json.nextField()) {
        if (json.name().equals("stopReason")) {
          labels.finishReason(json, sink);
        } else {
          json.skip();
        }
      }
      json.end();
    }
    sink.terminated();
  }

  private void metadata(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (!json.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    usageSeen = false;
    while (json.nextField()) {
      switch (json.name()) {
        case "usage" -> usage();
        case "metrics" -> metrics(sink);
        case "serviceTier" -> serviceTier(sink);
        default -> json.skip();
      }
    }
    json.end();
    if (usageSeen) {
      sink.usage(counts.toUsage(reasoned ? TokenCounts.UNKNOWN : 0));
    }
  }

  private void usage() throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    usageSeen = true;
    long input = TokenCounts.UNKNOWN;
    long cacheRead = TokenCounts.UNKNOWN;
    long cacheWrite = TokenCounts.UNKNOWN;
    while (json.nextField()) {
      switch (json.name()) {
        case "inputTokens" -> input = json.count();
        case "cacheReadInputTokens" -> cacheRead = json.count();
        case "cacheWriteInputTokens" -> cacheWrite = json.count();
        case "outputTokens" -> counts.output(json.count());
        default -> json.skip();
      }
    }
    counts.input(TokenCounts.sum(input, TokenCounts.sum(cacheRead, cacheWrite)));
    counts.cachedInput(cacheRead);
    counts.cacheWrite(cacheWrite);
  }

  private void metrics(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("latencyMs")) {
        serverTime.report(json.count(), sink);
      } else {
        json.skip();
      }
    }
  }

  private void serviceTier(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("type")) {
        labels.attribute(StreamAttribute.SERVICE_TIER, json, sink);
      } else {
        json.skip();
      }
    }
  }
}
