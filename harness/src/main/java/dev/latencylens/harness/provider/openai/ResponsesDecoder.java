package dev.latencylens.harness.provider.openai;

import dev.latencylens.harness.framing.Frame;
import dev.latencylens.harness.provider.ErrorObject;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.JsonEvents;
import dev.latencylens.harness.provider.Labels;
import dev.latencylens.harness.provider.TextBuffer;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventSink;

/**
 * Reads the typed events of the Responses API, by OpenAI's API reference
 * (https://platform.openai.com/docs/api-reference/responses-streaming) and its Java client 4.101.0,
 * both as of November 2026. Content comes in events whose type ends with {@code .delta}; the {@code
 * .done} events and the whole response at the end repeat it, and are passed by. Azure sorts the
 * fields of an object by name, so that the type comes last: nothing is decided before an event's
 * end.
 *
 * <p>The finish reason is {@code completed}, also where the model called a tool: the API has no
 * other word for it. An incomplete response gives its {@code incomplete_details.reason}, such as
 * {@code max_output_tokens}; that is a proper end. A response that failed is an error, and an
 * {@code error} event as well; where both come, the first counts. The reference has the code of an
 * {@code error} event beside its type; the service sends it within an object {@code error}, which
 * is read too.
 *
 * <p>What usage says of reasoning, and what a summary means for {@code tpot}: {@link
 * ResponseState}.
 */
final class ResponsesDecoder implements EventDecoder {
  private static final String ERROR_CODE = "code";
  private static final String COMPLETED = "response.completed";
  private static final String INCOMPLETE = "response.incomplete";
  private static final String FAILED = "response.failed";
  private static final String ERROR = "error";
  private static final String SUMMARY = "response.reasoning_summary_text.delta";
  private static final String RAW_REASONING = "response.reasoning_text.delta";

  /** In the order of their frequency. The patch's is not in the client yet. */
  private static final String[] TYPES = {
    "response.output_text.delta",
    SUMMARY,
    RAW_REASONING,
    "response.function_call_arguments.delta",
    "response.refusal.delta",
    "response.custom_tool_call_input.delta",
    "response.mcp_call_arguments.delta",
    "response.code_interpreter_call_code.delta",
    "response.shell_call_command.delta",
    "response.apply_patch_call_operation_diff.delta",
    COMPLETED,
    INCOMPLETE,
    FAILED,
    ERROR
  };

  private final JsonEvents json = new JsonEvents();
  private final TextBuffer text = new TextBuffer();
  private final ResponseState response = new ResponseState(json, new Labels());

  private String errorCode = "";
  private boolean ended;
  private boolean failed;

  @Override
  public void decode(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (DoneMark.is(frame)) {
      // Not OpenAI's, but compatible servers send it here too.
      terminated(sink);
      return;
    }
    if (!json.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    text.clear();
    errorCode = "";
    boolean error = false;
    String type = "";
    while (json.nextField()) {
      switch (json.name()) {
        case "type" -> type = type();
        case "delta" -> json.readText(text);
        case "response" -> response.read(sink);
        case ERROR -> error = error();
        case ERROR_CODE -> errorCode = errorCode.isEmpty() ? json.text() : errorCode;
        default -> json.skip();
      }
    }
    json.end();
    if (error) {
      failed(errorCode, sink);
    } else {
      act(type, sink);
    }
  }

  private String type() throws BrokenStreamException {
    final int index = json.textAmong(TYPES);
    return index < 0 ? "" : TYPES[index];
  }

  private boolean error() throws BrokenStreamException {
    if (json.isNull()) {
      return false;
    }
    final ErrorObject error = new ErrorObject(ERROR_CODE, "type");
    error.read(json);
    errorCode = error.type();
    return true;
  }

  private void act(final String type, final EventSink sink) {
    switch (type) {
      case "" -> {}
      case COMPLETED -> {
        response.finish("completed", sink);
        terminated(sink);
      }
      case INCOMPLETE -> {
        response.finish("incomplete", sink);
        terminated(sink);
      }
      case FAILED -> {
        response.usage(sink);
        failed(response.errorCode(), sink);
      }
      case ERROR -> failed(errorCode, sink);
      default -> {
        if (!text.isEmpty() && type.equals(SUMMARY)) {
          response.summaryStreamed();
        }
        if (!text.isEmpty() && type.equals(RAW_REASONING)) {
          response.rawReasoningStreamed();
        }
        text.report(kind(type), sink);
      }
    }
  }

  private static ContentKind kind(final String type) {
    return switch (type) {
      case "response.output_text.delta", "response.refusal.delta" -> ContentKind.TEXT;
      case SUMMARY, RAW_REASONING -> ContentKind.REASONING;
      default -> ContentKind.TOOL_ARGUMENTS;
    };
  }

  private void failed(final String code, final EventSink sink) {
    if (!failed) {
      failed = true;
      sink.error(Labels.isIdentifier(code) ? code : ERROR);
    }
  }

  private void terminated(final EventSink sink) {
    if (!ended) {
      ended = true;
      sink.terminated();
    }
  }

  @Override
  public void end(final EventSink sink) {}
}
