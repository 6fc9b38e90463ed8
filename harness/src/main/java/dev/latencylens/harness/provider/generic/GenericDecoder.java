package dev.latencylens.harness.provider.generic;

import dev.latencylens.harness.framing.Frame;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.JsonEvents;
import dev.latencylens.harness.provider.Labels;
import dev.latencylens.harness.provider.TextBuffer;
import dev.latencylens.harness.provider.TokenCounts;
import dev.latencylens.harness.provider.generic.PlaceNode.Meaning;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.EventSink;
import dev.latencylens.harness.stream.StreamAttribute;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Walks each event along the places that the configuration names. Content is reported in the order
 * in which it stands in the event.
 */
final class GenericDecoder implements EventDecoder {
  private static final String UNNAMED = "error";

  private final EventPlaces places;
  private final byte[] endText;
  private final HiddenReasoning hidden;

  private final JsonEvents json = new JsonEvents();
  private final Labels labels = new Labels();
  private final TextBuffer text = new TextBuffer();
  private final TokenCounts counts = new TokenCounts();

  private boolean hasContent;
  private boolean reasoningSeen;
  private boolean usageSeen;
  private boolean ended;
  private boolean terminated;
  private boolean errorSeen;
  private String errorType = "";
  private int errorRank;

  GenericDecoder(final EventPlaces places, final HiddenReasoning hidden) {
    this.places = places;
    this.hidden = hidden;
    endText = places.endText().orElse("").getBytes(StandardCharsets.UTF_8);
  }

  /** The error type in a body that is not a stream, perhaps cut off. */
  static Optional<String> errorIn(final byte[] body, final EventPlaces places) {
    final GenericDecoder decoder = new GenericDecoder(places, HiddenReasoning.UNSAID);
    int start = 0;
    while (start < body.length && body[start] != '{') {
      start++;
    }
    try {
      if (decoder.json.begin(body, start, body.length - start)) {
        decoder.object(places.root(), new EventCollector());
      }
    } catch (final BrokenStreamException e) {
      // What was found before the break still stands.
    }
    return Optional.of(decoder.errorType).filter(type -> !type.isEmpty());
  }

  @Override
  public void decode(final Frame frame, final EventSink sink) throws BrokenStreamException {
    if (endText.length > 0 && isEndText(frame)) {
      terminate(sink);
      return;
    }
    if (!json.begin(frame.bytes(), frame.offset(), frame.length())) {
      return;
    }
    hasContent = false;
    ended = false;
    errorSeen = false;
    errorType = "";
    object(places.root(), sink);
    json.end();
    // Some services repeat the usage with each piece of content: then only the last is reported.
    if (!hasContent) {
      reportUsage(sink);
    }
    if (errorSeen) {
      sink.error(errorType.isEmpty() ? UNNAMED : errorType);
    }
    if (ended) {
      terminate(sink);
    }
  }

  @Override
  public void end(final EventSink sink) {
    reportUsage(sink);
  }

  private boolean isEndText(final Frame frame) {
    int from = frame.offset();
    int to = from + frame.length();
    final byte[] bytes = frame.bytes();
    while (from < to && bytes[from] == ' ') {
      from++;
    }
    while (from < to && bytes[to - 1] == ' ') {
      to--;
    }
    return Arrays.equals(bytes, from, to, endText, 0, endText.length);
  }

  private void terminate(final EventSink sink) {
    if (!terminated) {
      terminated = true;
      reportUsage(sink);
      sink.terminated();
    }
  }

  private void reportUsage(final EventSink sink) {
    if (usageSeen) {
      usageSeen = false;
      sink.usage(counts.toUsage(hidden.unstreamed(counts.reasoning(), reasoningSeen)));
    }
  }

  private void object(final PlaceNode node, final EventSink sink) throws BrokenStreamException {
    while (json.nextField()) {
      value(node.field(json.name()), sink);
    }
  }

  private void array(final PlaceNode node, final EventSink sink) throws BrokenStreamException {
    for (int index = 0; json.nextElement(); index++) {
      value(node.element(index), sink);
    }
  }

  private void value(final Optional<PlaceNode> found, final EventSink sink)
      throws BrokenStreamException {
    if (found.isEmpty()) {
      json.skip();
      return;
    }
    final PlaceNode node = found.get();
    if (json.isObject() || json.isArray()) {
      structure(node, sink);
    } else if (!json.isNull()) {
      for (final Meaning meaning : node.meanings()) {
        simple(meaning, sink);
      }
    }
  }

  private void structure(final PlaceNode node, final EventSink sink) throws BrokenStreamException {
    boolean arguments = false;
    for (final Meaning meaning : node.meanings()) {
      switch (meaning.place()) {
        case ERROR_TYPE -> errorSeen = true;
        case END -> ended |= meaning.anyValue();
        case TOOL_ARGUMENTS -> arguments = true;
        default -> {
          // Not what was expected there: nothing to report.
        }
      }
    }
    if (arguments) {
      // A service that sends them as JSON: their text is what was generated.
      final char[] whole = json.json().toCharArray();
      hasContent = true;
      sink.content(ContentKind.TOOL_ARGUMENTS, whole, 0, whole.length);
    } else if (node.isLeaf()) {
      json.skip();
    } else if (json.isObject()) {
      object(node, sink);
    } else {
      array(node, sink);
    }
  }

  /** Reads what is neither an object nor an array, and so can be read several times. */
  private void simple(final Meaning meaning, final EventSink sink) throws BrokenStreamException {
    switch (meaning.place()) {
      case TEXT -> content(ContentKind.TEXT, sink);
      case REASONING -> reasoningSeen |= content(ContentKind.REASONING, sink);
      case TOOL_ARGUMENTS -> content(ContentKind.TOOL_ARGUMENTS, sink);
      case FINISH_REASON -> labels.finishReason(json, sink);
      case ERROR_TYPE -> error(meaning.rank());
      case ID -> labels.attribute(StreamAttribute.RESPONSE_ID, json, sink);
      case MODEL -> labels.attribute(StreamAttribute.MODEL, json, sink);
      case INPUT_TOKENS -> counts.input(counted());
      case CACHED_INPUT_TOKENS -> counts.cachedInput(counted());
      case OUTPUT_TOKENS -> counts.output(counted());
      case REASONING_TOKENS -> counts.reasoning(counted());
      case END -> ended |= meaning.ends().isEnd(json);
    }
  }

  private boolean content(final ContentKind kind, final EventSink sink)
      throws BrokenStreamException {
    final boolean some = json.readText(text);
    if (some) {
      hasContent = true;
      text.report(kind, sink);
    }
    return some;
  }

  private long counted() throws BrokenStreamException {
    usageSeen = true;
    return json.count();
  }

  private void error(final int rank) throws BrokenStreamException {
    errorSeen = true;
    final long number = json.count();
    final String type = number < 0 ? json.text() : Long.toString(number);
    if (Labels.isIdentifier(type) && (errorType.isEmpty() || rank < errorRank)) {
      errorType = type;
      errorRank = rank;
    }
  }
}
