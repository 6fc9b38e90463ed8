package dev.latencylens.harness.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.framing.Frame;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.openai.ChatCompletions;
import dev.latencylens.harness.stream.EventSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamTimelineTest {
  private static final String ROLE =
      "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";

  private final List<Runnable> decoderThread = new ArrayList<>();
  private final StreamTimeline timeline = newTimeline(1 << 20);

  private StreamTimeline newTimeline(final long maxBytes) {
    return new StreamTimeline(
        new SseDecoder(1 << 20),
        new ChatCompletions().newEventDecoder(),
        new SegmentPool(4),
        decoderThread::add,
        maxBytes,
        false,
        () -> {});
  }

  private static String text(final String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }

  private static ByteBuffer bytes(final String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private DecodedStream finish() {
    final List<DecodedStream> results = new ArrayList<>();
    timeline.finish(true, results::add);
    decoderThread.forEach(Runnable::run);
    return results.get(0);
  }

  @Test
  void anEventGetsTheStampOfTheReadThatCompletedIt() {
    final String event = text("one");
    timeline.read(100, bytes(ROLE));
    timeline.read(200, bytes(event.substring(0, 20)));
    timeline.read(300, bytes(event.substring(20, event.length() - 1)));
    timeline.read(400, bytes("\n" + text("two")));
    timeline.read(500, bytes(text("three")));

    final DecodedStream decoded = finish();

    assertThat(decoded.content().eventStamps()).containsExactly(400, 400, 500);
    assertThat(decoded.content().reads()).isEqualTo(2);
    assertThat(decoded.content().coalesced()).isEqualTo(2);
    assertThat(decoded.content().gaps()).containsExactly(100);
    assertThat(timeline.firstByte()).isEqualTo(100);
  }

  @Test
  void theFirstContentIsSeenAtOnceAndTheRestIsLeftToTheDecoderThread() {
    assertThat(timeline.read(100, bytes(ROLE))).isEqualTo(StreamTimeline.Progress.BYTES);
    assertThat(timeline.read(200, bytes(text("one"))))
        .isEqualTo(StreamTimeline.Progress.FIRST_CONTENT);
    assertThat(timeline.read(300, bytes("data: not json\n\n")))
        .isEqualTo(StreamTimeline.Progress.BYTES);

    final DecodedStream decoded = finish();

    assertThat(decoded.broken()).isPresent();
    assertThat(decoded.content().events()).isEqualTo(1);
  }

  @Test
  void stampsSurviveManySegments() {
    final List<Long> expected = new ArrayList<>();
    for (int i = 1; i <= 2_000; i++) {
      timeline.read(i * 10L, bytes(text("a text that fills segments " + i)));
      expected.add(i * 10L);
    }

    final DecodedStream decoded = finish();

    assertThat(decoded.content().eventStamps())
        .containsExactly(expected.stream().mapToLong(Long::longValue).toArray());
    assertThat(decoded.content().coalesced()).isZero();
  }

  @Test
  void aFrameAcrossSegmentsIsStampedByItsLastRead() {
    final String large = text("x".repeat(40_000));
    timeline.read(10, bytes(large.substring(0, 30_000)));
    timeline.read(20, bytes(large.substring(30_000)));

    assertThat(finish().content().eventStamps()).containsExactly(20);
  }

  @Test
  void aDecoderThatBreaksEndsItsStreamAndHangsNothing() {
    final EventDecoder broken =
        new EventDecoder() {
          @Override
          public void decode(final Frame frame, final EventSink sink) {
            throw new IllegalStateException("a defect");
          }

          @Override
          public void end(final EventSink sink) {}
        };
    final StreamTimeline defective =
        new StreamTimeline(
            new SseDecoder(100),
            broken,
            new SegmentPool(1),
            Runnable::run,
            1 << 20,
            false,
            () -> {});
    final List<DecodedStream> results = new ArrayList<>();

    assertThat(defective.read(1, bytes("data: x\n\n"))).isEqualTo(StreamTimeline.Progress.BROKEN);
    defective.finish(true, results::add);

    assertThat(results).hasSize(1);
    assertThat(results.get(0).broken()).isPresent();
  }

  @Test
  void aBodyOverTheLimitIsToldBeforeItIsKept() {
    final StreamTimeline small = newTimeline(10);
    assertThat(small.read(1, bytes("data: 12345"))).isEqualTo(StreamTimeline.Progress.TOO_LARGE);
  }
}
