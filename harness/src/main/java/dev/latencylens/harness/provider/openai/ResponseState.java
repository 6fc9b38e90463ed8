package dev.latencylens.harness.provider.openai;

import dev.latencylens.harness.provider.ErrorObject;
import dev.latencylens.harness.provider.JsonEvents;
import dev.latencylens.harness.provider.Labels;
import dev.latencylens.harness.provider.TokenCounts;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.EventSink;
import dev.latencylens.harness.stream.StreamAttribute;

/**
 * What the response objects of one stream say. The service sends the whole object at the beginning
 * and at the end, with the request's instructions and tools and, at the end, all output: of that
 * only the few fields needed are read, and the rest is walked over. The service tier of the first
 * ones is the one that was asked for; the last one's is the one that was granted.
 *
 * <p>{@link dev.latencylens.harness.stream.Usage#unstreamedTokens()}: the tokens of reasoning,
 * which OpenAI bills and never streams; none where raw reasoning was streamed, as servers of open
 * models do; none where none were counted. Where a summary of the reasoning was streamed, nothing
 * tells how many tokens it has: the split can't be known, and {@code tpot} is absent. To compare
 * {@code tpot}, ask for no summary, as it is without the option. Not thread-safe.
 */
final class ResponseState {
  private final JsonEvents json;
  private final Labels labels;
  private final TokenCounts counts = new TokenCounts();

  private String serviceTier = "";
  private String incompleteReason = "";
  private String errorCode = "";
  private boolean usageSeen;
  private boolean rawReasoningStreamed;
  private boolean summaryStreamed;

  ResponseState(final JsonEvents json, final Labels labels) {
    this.json = json;
    this.labels = labels;
  }

  /** Reads a response object, on which the reader stands. */
  void read(final EventSink sink) throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "id" -> labels.attribute(StreamAttribute.RESPONSE_ID, json, sink);
        case "model" -> labels.attribute(StreamAttribute.MODEL, json, sink);
        case "service_tier" -> serviceTier = json.text();
        case "incomplete_details" -> incompleteDetails();
        case "error" -> error();
        case "usage" -> usage();
        default -> json.skip();
      }
    }
  }

  void rawReasoningStreamed() {
    rawReasoningStreamed = true;
  }

  void summaryStreamed() {
    summaryStreamed = true;
  }

  /** The code of the error that the last response object had; empty if it had none. */
  String errorCode() {
    return errorCode;
  }

  /** Reports what the last response object said at the end of the answer. */
  void finish(final String status, final EventSink sink) {
    labels.attribute(StreamAttribute.SERVICE_TIER, serviceTier, sink);
    final String reason = incompleteReason.isEmpty() ? status : incompleteReason;
    sink.finish(Labels.isIdentifier(reason) ? reason : "other");
    usage(sink);
  }

  /** Reports the usage, if any was given since it was reported last. */
  void usage(final EventSink sink) {
    if (usageSeen) {
      usageSeen = false;
      sink.usage(counts.toUsage(unstreamed()));
    }
  }

  private long unstreamed() {
    if (summaryStreamed) {
      return TokenCounts.UNKNOWN;
    }
    return rawReasoningStreamed ? 0 : Math.max(0, counts.reasoning());
  }

  private void incompleteDetails() throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("reason")) {
        incompleteReason = json.text();
      } else {
        json.skip();
      }
    }
  }

  private void error() throws BrokenStreamException {
    if (!json.isNull()) {
      final ErrorObject error = new ErrorObject("code", "type");
      error.read(json);
      errorCode = error.type();
    }
  }

  private void usage() throws BrokenStreamException {
    if (!json.enterObject()) {
      return;
    }
    usageSeen = true;
    while (json.nextField()) {
      switch (json.name()) {
        case "input_tokens" -> counts.input(json.count());
        case "output_tokens" -> counts.output(json.count());
        case "input_tokens_details", "output_tokens_details" -> details();
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
}
