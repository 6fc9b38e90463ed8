package dev.latencylens.harness.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.SimulatedApis;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.EventCollector;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamEvent;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What each decoder promises of each body: events or a broken stream, the same whichever way the
 * body is cut, in bounded memory, and nothing of a service's free text in what is said of errors.
 *
 * @param api whose decoders these are
 */
record DecoderProbe(StreamApi api) {
  private static final int LIMIT = 1 << 16;
  private static final Allocation ALLOCATION = new Allocation(2 << 20, 2048);

  /** Stands for all that a service may say in its own words. */
  private static final String MARK = "marked";

  private static final Pattern IN_FREE_TEXT = Pattern.compile("\"message\" ?: ?\"marked");
  private static final Pattern ERROR_TYPE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** The decoders of an API, by the name of its recorded streams. */
  static DecoderProbe of(final String name) {
    try {
      return new DecoderProbe(SimulatedApis.of(name));
    } catch (final OptionException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Result(List<StreamEvent> events, String ending) {}

  /** Fails if this body breaks one of the promises. */
  void check(final byte[] body) {
    check(body, body);
  }

  /** The same for a body that was made from an input, whose text is easier to look through. */
  void check(final byte[] body, final byte[] input) {
    ALLOCATION.hold(
        body.length,
        () -> {
          final Result whole = result(body, Cuts::none);
          final Result cut = result(body, Cuts::many);
          if (!whole.equals(cut)) {
            throw new AssertionError("whole: " + whole + "\ncut: " + cut);
          }
          final String errorType = api.errorType(body).orElse("none");
          requireNoFreeText(whole, errorType, folded(new String(input, ISO_8859_1)));
        });
  }

  private Result result(final byte[] body, final Cuts.Way way) {
    final EventCollector events = new EventCollector();
    final EventDecoder decoder = api.newEventDecoder();
    try {
      way.feed(api.newFrameDecoder(LIMIT), body, frame -> decoder.decode(frame, events));
      decoder.end(events);
      return new Result(events.events(), "");
    } catch (final BrokenStreamException e) {
      if (e.outcome() != Outcome.MALFORMED && e.outcome() != Outcome.TOO_LARGE) {
        throw new AssertionError(e.outcome());
      }
      return new Result(events.events(), String.valueOf(e.getMessage()));
    }
  }

  private static void requireNoFreeText(
      final Result result, final String errorType, final String input) {
    if (folded(result.ending).contains(MARK)) {
      throw new AssertionError("an exception repeats the body: " + result.ending);
    }
    // Where the mark stands in free text alone, no error may show it.
    final int marks = count(input, MARK);
    final boolean freeTextOnly = marks == IN_FREE_TEXT.matcher(input).results().count();
    for (final StreamEvent event : result.events) {
      if (event instanceof StreamEvent.Failed failed) {
        requireErrorType(failed.type(), marks > 0 && freeTextOnly);
      }
    }
    requireErrorType(errorType, marks > 0 && freeTextOnly);
  }

  private static void requireErrorType(final String type, final boolean unmarked) {
    if (!ERROR_TYPE.matcher(type).matches() || (unmarked && folded(type).contains(MARK))) {
      throw new AssertionError("no type of an error: " + type);
    }
  }

  private static int count(final String text, final String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static String folded(final String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
