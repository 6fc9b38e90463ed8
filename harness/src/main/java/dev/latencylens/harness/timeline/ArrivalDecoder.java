package dev.latencylens.harness.timeline;

import dev.latencylens.harness.framing.Frame;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.FrameSink;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.stream.Answer;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.ContentKind;
import dev.latencylens.harness.stream.EventSink;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.Usage;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one body and gives each content event the stamp of the read that completed it. Not
 * thread-safe; handed from the I/O thread to a decoder thread once the first content was seen.
 */
final class ArrivalDecoder implements FrameSink, EventSink {
  private static final int FIRST_EVENTS = 256;
  private static final int FIRST_CHARACTERS = 1024;

  private final FrameDecoder frames;
  private final EventDecoder events;
  private final boolean keepText;
  private final Map<StreamAttribute, String> attributes = new EnumMap<>(StreamAttribute.class);

  private @Nullable Segment segment;
  private int mark;
  private long lastStamp;

  private long[] contentStamps = new long[FIRST_EVENTS];
  private int contentEvents;
  private int firstAnswer = -1;
  private long characters;
  private char[] answer = new char[FIRST_CHARACTERS];
  private int answerLength;
  private boolean frameHasContent;
  private boolean frameHasAnswer;

  private Usage usage = Usage.UNKNOWN;
  private @Nullable String finishReason;
  private @Nullable String errorType;
  private @Nullable BrokenStreamException broken;
  private boolean terminated;

  ArrivalDecoder(final FrameDecoder frames, final EventDecoder events, final boolean keepText) {
    this.frames = frames;
    this.events = events;
    this.keepText = keepText;
  }

  /**
   * Decodes bytes of a segment.
   *
   * @return false if the body can't be decoded any further; later calls do nothing
   */
  boolean decode(final Segment from, final int start, final int end) {
    if (broken != null) {
      return false;
    }
    segment = from;
    mark = 0;
    try {
      frames.decode(from.bytes, start, end - start, this);
      lastStamp = from.reads == 0 ? lastStamp : from.stamps[from.reads - 1];
    } catch (final BrokenStreamException e) {
      broken = e;
    } catch (final RuntimeException e) {
      broken = defect(e);
    } finally {
      segment = null;
    }
    return broken == null;
  }

  /** The body ended properly: what can only be known now is decoded. */
  void end() {
    if (broken != null) {
      return;
    }
    try {
      frames.end(this);
      events.end(this);
    } catch (final BrokenStreamException e) {
      broken = e;
    } catch (final RuntimeException e) {
      broken = defect(e);
    }
  }

  /** A decoder that breaks ends its stream, and neither the run nor the other streams. */
  private static BrokenStreamException defect(final RuntimeException e) {
    return BrokenStreamException.malformed("the decoder broke: " + e.getClass().getName());
  }

  boolean hasContent() {
    return contentEvents > 0;
  }

  DecodedStream decoded() {
    return new DecodedStream(
        content(),
        usage,
        Optional.ofNullable(finishReason),
        terminated,
        Optional.ofNullable(errorType),
        Optional.ofNullable(broken),
        attributes,
        answerLength == 0
            ? Optional.empty()
            : Optional.of(Answer.of(new String(answer, 0, answerLength), keepText)));
  }

  private Content content() {
    final long[] stamps = Arrays.copyOf(contentStamps, contentEvents);
    int reads = 0;
    int coalesced = 0;
    for (int i = 0; i < stamps.length; ) {
      int next = i + 1;
      while (next < stamps.length && stamps[next] == stamps[i]) {
        next++;
      }
      reads++;
      coalesced += next - i > 1 ? next - i : 0;
      i = next;
    }
    return new Content(stamps, firstAnswer, reads, coalesced, characters);
  }

  @Override
  public void frame(final Frame frame) throws BrokenStreamException {
    frameHasContent = false;
    frameHasAnswer = false;
    events.decode(frame, this);
    if (frameHasContent) {
      addContentEvent(stampOf(frame.endOffset()));
    }
  }

  private long stampOf(final long endOffset) {
    final Segment current = segment;
    if (current == null) {
      // Completed by the end of the body: the last read brought all there was.
      return lastStamp;
    }
    while (mark < current.reads - 1 && current.base + current.ends[mark] < endOffset) {
      mark++;
    }
    return current.stamps[mark];
  }

  private void addContentEvent(final long stamp) {
    if (contentEvents == contentStamps.length) {
      contentStamps = Arrays.copyOf(contentStamps, contentEvents * 2);
    }
    contentStamps[contentEvents] = stamp;
    if (frameHasAnswer && firstAnswer < 0) {
      firstAnswer = contentEvents;
    }
    contentEvents++;
  }

  @Override
  public void content(
      final ContentKind kind, final char[] buffer, final int offset, final int length) {
    frameHasContent = true;
    characters += length;
    if (kind == ContentKind.TEXT) {
      frameHasAnswer = true;
      if (answer.length - answerLength < length) {
        answer = Arrays.copyOf(answer, Math.max(answer.length * 2, answerLength + length));
      }
      System.arraycopy(buffer, offset, answer, answerLength, length);
      answerLength += length;
    }
  }

  @Override
  public void usage(final Usage reported) {
    usage = reported;
  }

  @Override
  public void finish(final String reason) {
    finishReason = reason;
  }

  @Override
  public void terminated() {
    terminated = true;
  }

  @Override
  public void error(final String type) {
    errorType = type;
  }

  @Override
  public void attribute(final StreamAttribute attribute, final String value) {
    attributes.putIfAbsent(attribute, value);
  }
}
