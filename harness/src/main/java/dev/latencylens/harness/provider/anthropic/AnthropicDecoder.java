package dev.latencylens.harness.provider.anthropic;

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
 * Reads the events of a streamed message, by Anthropic's reference
 * (https://platform.claude.com/docs/en/build-with-claude/streaming, November 2026). Event types
 * that are not known are ignored, as the reference asks; so are signatures and citations, which are
 * not generated text.
 *
 * <p>{@link dev.latencylens.harness.stream.Usage#unstreamedTokens()}: what the API shows of its
 * thinking is at most a summary, and on the latest models nothing by default
 * (https://platform.claude.com/docs/en/build-with-claude/thinking). Since May 2026 {@code
 * output_tokens_details.thinking_tokens} counts the raw thinking. So: thinking that was counted and
 * not shown is unstreamed; where some was shown, or none was counted although a thinking block
 * came, the split can't be known; without thinking nothing was held back.
 *
 * <p>Input tokens are {@code input_tokens + cache_creation_input_tokens + cache_read_input_tokens}:
 * the API counts the three apart. The count of output tokens in {@code message_start} is only a
 * first one, and is not reported. The region is {@code inference_geo}, which only Anthropic's own
 * API has (https://platform.claude.com/docs/en/manage-claude/data-residency).
 */
public final class AnthropicDecoder implements EventDecoder {
  private static final String[] TYPES = {
    "content_block_delta", "content_block_start", "message_start", "message_delta", "message_stop"
  };

  // Indexes in TYPES.
  private static final int BLOCK_DELTA = 0;
  private static final int BLOCK_START = 1;
  private static final int MESSAGE_START = 2;
  private static final int MESSAGE_DELTA = 3;
  private static final int MESSAGE_STOP = 4;

  /** What {@code inference_geo} says for models that can't be told where to run. */
  private static final String NO_PLACE = "not_available";

  private static final String[] THINKING_TYPES = {
    "thinking", "redacted_thinking", "thinking_delta"
  };

  private final JsonEvents json = new JsonEvents();
  private final Labels labels = new Labels();
  private final TokenCounts counts = new TokenCounts();
  private final TextBuffer text = new TextBuffer();
  private final TextBuffer thinking = new TextBuffer();
  private final TextBuffer arguments = new TextBuffer();

  private final boolean readsRegion;

  private boolean usageSeen;
  private boolean thought;
  private boolean thinkingShown;
  private long input = TokenCounts.UNKNOWN;
  private long cacheCreation = TokenCounts.UNKNOWN;
  private long cacheRead = TokenCounts.UNKNOWN;
  private long output = TokenCounts.UNKNOWN;

  /**
   * Makes the decoder of one stream from another service that serves Anthropic's models: where it
   * runs them is a matter of its address, whatever the stream says.
   */
  public AnthropicDecoder() {
    this(false);
  }

  /**
   * Makes the decoder of one stream.
   *
   * @param readsRegion whether {@code inference_geo} is the region
   */
  AnthropicDecoder(final boolean readsRegion) {
    this.readsRegion = readsRegion;
  }

  @Override
  public void decode(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (!json.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    int type = -1;
    usageSeen = false;
    text.clear();
    thinking.clear();
    arguments.clear();
    while (json.nextField()) {
      switch (json.name()) {
        case "type" -> type = json.textAmong(TYPES);
        case "delta", "content_block" -> part(sink);
        case "message" -> message(sink);
        case "usage" -> usage(sink);
        case "error" -> error(sink);
        default -> json.skip();
      }
    }
    json.end();
    // Only now is the type known for sure: JSON has no order of fields.
    switch (type) {
      case BLOCK_START, BLOCK_DELTA -> reportContent(sink);
      case MESSAGE_START -> reportUsage(sink);
      case MESSAGE_DELTA -> {
        counts.output(output);
        reportUsage(sink);
      }
      case MESSAGE_STOP -> sink.terminated();
      default -> {
        // Nothing that is known: a ping, or an event of the future.
      }
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
        case "id" -> labels.attribute(StreamAttribute.RESPONSE_ID, json, sink);
        case "model" -> labels.attribute(StreamAttribute.MODEL, json, sink);
        case "usage" -> usage(sink);
        default -> json.skip();
      }
    }
  }

  /** Reads a block's start or a delta: each kind of text has a field name of its own. */
  private void part(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "type" -> thought |= json.textAmong(THINKING_TYPES) >= 0;
        case "text" -> json.readText(text);
        case "thinking" -> json.readText(thinking);
        case "partial_json" -> json.readText(arguments);
        case "stop_reason" -> labels.finishReason(json, sink);
        default -> json.skip();
      }
    }
  }

  private void reportContent(final EventSink sink) {
    thinkingShown |= !thinking.isEmpty();
    thinking.report(ContentKind.REASONING, sink);
    text.report(ContentKind.TEXT, sink);
    arguments.report(ContentKind.TOOL_ARGUMENTS, sink);
  }

  private void error(final EventSink sink) throws BrokenStreamException {
    if (!json.isNull()) {
      // The second is where Google has it, whose gateway may speak up in a stream from Vertex AI.
      final ErrorObject error = new ErrorObject("type", "status");
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
        case "input_tokens" -> input = known(json.count(), input);
        case "cache_creation_input_tokens" -> cacheCreation = known(json.count(), cacheCreation);
        case "cache_read_input_tokens" -> cacheRead = known(json.count(), cacheRead);
        case "output_tokens" -> output = known(json.count(), output);
        case "output_tokens_details" -> outputDetails();
        case "service_tier" -> labels.attribute(StreamAttribute.SERVICE_TIER, json, sink);
        case "inference_geo" -> region(sink);
        default -> json.skip();
      }
    }
  }

  private void region(final EventSink sink) throws BrokenStreamException {
    final String place = json.text();
    if (readsRegion && !place.equals(NO_PLACE)) {
      labels.attribute(StreamAttribute.REGION, place, sink);
    }
  }

  private void outputDetails() throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("thinking_tokens")) {
        counts.reasoning(json.count());
      } else {
        json.skip();
      }
    }
  }

  private static long known(final long count, final long before) {
    return count < 0 ? before : count;
  }

  private void reportUsage(final EventSink sink) {
    if (usageSeen) {
      counts.input(TokenCounts.sum(input, TokenCounts.sum(cacheCreation, cacheRead)));
      counts.cachedInput(cacheRead);
      counts.cacheWrite(cacheCreation);
      sink.usage(counts.toUsage(unstreamed()));
    }
  }

  private long unstreamed() {
    if (thinkingShown) {
      return TokenCounts.UNKNOWN;
    }
    if (counts.reasoning() >= 0) {
      return counts.reasoning();
    }
    return thought ? TokenCounts.UNKNOWN : 0;
  }
}
