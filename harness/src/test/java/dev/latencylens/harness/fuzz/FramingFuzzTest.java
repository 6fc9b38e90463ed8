package dev.latencylens.harness.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latencylens.harness.framing.AwsEventStreamDecoder;
import dev.latencylens.harness.framing.Frame;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.NdjsonDecoder;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.stream.BrokenStreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * Any bytes end in frames or in a broken stream, the same ones whichever way they are cut, within
 * the limit of a frame and in memory that follows from their number.
 */
final class FramingFuzzTest {
  /** Small, so that inputs pass it. */
  private static final int LIMIT = 512;

  private static final Allocation ALLOCATION = new Allocation(1 << 20, 512);

  private record Seen(String name, boolean exception, String payload, long endOffset) {}

  private record Result(List<Seen> frames, String ending) {}

  @FuzzTest
  @DictionaryEntries({
    "data:",
    "data: ",
    "event:",
    "id:",
    "\\x0d",
    "\\x0a",
    "\\x0d\\x0a",
    "\\xef\\xbb\\xbf",
    ":"
  })
  void sse(final byte[] body) {
    check(SseDecoder::new, body);
  }

  @FuzzTest
  @DictionaryEntries({"{", "}", "\\x0d", "\\x0a", "\\x0d\\x0a", "}\\x0d\\x0a"})
  void ndjson(final byte[] body) {
    check(NdjsonDecoder::new, body);
  }

  @FuzzTest
  @DictionaryEntries({":event-type", ":message-type", ":exception-type", ":error-code"})
  void awsEventStream(final byte[] body) {
    check(AwsEventStreamDecoder::new, body);
    check(AwsEventStreamDecoder::new, AwsMessages.mended(body));
  }

  private static void check(final IntFunction<FrameDecoder> newDecoder, final byte[] body) {
    ALLOCATION.hold(
        body.length,
        () -> {
          final Result whole = result(newDecoder.apply(LIMIT), body, Cuts::none);
          final Result cut = result(newDecoder.apply(LIMIT), body, Cuts::many);
          if (!whole.equals(cut)) {
            throw new AssertionError("whole: " + whole + "\ncut: " + cut);
          }
        });
  }

  private static Result result(final FrameDecoder decoder, final byte[] body, final Cuts.Way way) {
    final List<Seen> frames = new ArrayList<>();
    try {
      way.feed(decoder, body, frame -> frames.add(seen(frame, frames, body.length)));
      return new Result(frames, "");
    } catch (final BrokenStreamException e) {
      return new Result(frames, e.outcome() + ": " + e.getMessage());
    }
  }

  private static Seen seen(final Frame frame, final List<Seen> before, final int bodyBytes) {
    Objects.checkFromIndexSize(frame.offset(), frame.length(), frame.bytes().length);
    final long earlier = before.isEmpty() ? 1 : before.get(before.size() - 1).endOffset();
    if (frame.length() > LIMIT || frame.endOffset() < earlier || frame.endOffset() > bodyBytes) {
      throw new AssertionError(
          "a frame of " + frame.length() + " bytes that ends at " + frame.endOffset());
    }
    return new Seen(
        frame.name(),
        frame.exception(),
        new String(frame.bytes(), frame.offset(), frame.length(), ISO_8859_1),
        frame.endOffset());
  }
}
