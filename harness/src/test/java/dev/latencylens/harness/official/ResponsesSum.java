package dev.latencylens.harness.official;

import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import java.util.Optional;

/** Adds up the events of one Responses stream as the official client hands them out. */
final class ResponsesSum {

  private final ResponseAccumulator response = ResponseAccumulator.create();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder tool = new StringBuilder();
  private String failure = "";

  void add(ResponseStreamEvent event) {
    response.accumulate(event);
    event.outputTextDelta().ifPresent(delta -> text.append(delta.delta()));
    event.refusalDelta().ifPresent(delta -> text.append(delta.delta()));
    event.reasoningSummaryTextDelta().ifPresent(delta -> reasoning.append(delta.delta()));
    event
        .outputItemAdded()
        .flatMap(added -> added.item().functionCall())
        .ifPresent(call -> tool.append(call.name()));
    event.functionCallArgumentsDelta().ifPresent(delta -> tool.append(delta.delta()));
    event.error().ifPresent(error -> failure = error.message());
  }

  /** Returns the whole response as its last event states it. */
  Response response() {
    return response.response();
  }

  /** Returns the server's text of an error event that the client hands out, or empty. */
  String failure() {
    return failure;
  }

  /** Returns what the deltas came to; the finish is the status, and why it is not complete. */
  Reading reading() {
    Response whole = response();
    Optional<ResponseUsage> usage = whole.usage();
    String finish =
        whole.status().map(Object::toString).orElse("")
            + whole
                .incompleteDetails()
                .flatMap(details -> details.reason())
                .map(reason -> " " + reason)
                .orElse("");
    return new Reading(
        whole.id(),
        text.toString(),
        reasoning.toString(),
        tool.toString(),
        finish,
        usage.map(ResponseUsage::inputTokens).orElse(-1L),
        usage.map(ResponseUsage::outputTokens).orElse(-1L),
        usage.map(counts -> counts.outputTokensDetails().reasoningTokens()).orElse(0L));
  }
}
