package dev.latencylens.benchmarks.micro;

import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.FrameSink;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.stream.BrokenStreamException;
import dev.latencylens.harness.timeline.SegmentPool;
import dev.latencylens.harness.timeline.StreamTimeline;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the suite's own code does on the I/O thread with an event that arrives alone, after the
 * first content: a stamp, a copy, and once in a while a full segment that is handed over.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReceivingBenchmark {
  private static final int MOST_FRAME_BYTES = 1 << 20;
  private static final int IDLE_SEGMENTS = 4;

  private final EventDecoder events = Bodies.api("openai").newEventDecoder();
  private final byte[] body = Bodies.chat();
  private ByteBuffer event = ByteBuffer.allocate(0);
  private StreamTimeline timeline = timeline();
  private long stamp;

  /** Made by JMH. */
  public ReceivingBenchmark() {}

  /** Decoding is measured elsewhere: here it ends with the first content, on which it depends. */
  private static final class UntilContent implements FrameDecoder {
    private final FrameDecoder frames = new SseDecoder(MOST_FRAME_BYTES);
    private boolean done;

    @Override
    public void decode(final byte[] bytes, final int offset, final int length, final FrameSink sink)
        throws BrokenStreamException {
      if (!done) {
        frames.decode(bytes, offset, length, sink);
        done = true;
      }
    }

    @Override
    public void end(final FrameSink sink) {}
  }

  private StreamTimeline timeline() {
    return new StreamTimeline(
        new UntilContent(),
        events,
        new SegmentPool(IDLE_SEGMENTS),
        Runnable::run,
        Long.MAX_VALUE,
        false,
        () -> {});
  }

  /** A stream whose first content has come; from now on each read brings one event. */
  @Setup
  public void begin() {
    int end = 1;
    while (body[end - 1] != '\n' || body[end] != '\n') {
      end++;
    }
    event = ByteBuffer.wrap(body, 0, end + 1).slice();
    timeline = timeline();
    if (timeline.read(++stamp, event) != StreamTimeline.Progress.FIRST_CONTENT) {
      throw new IllegalStateException("the first event is no content");
    }
  }

  /**
   * One read of one event.
   *
   * @return what JMH keeps alive
   */
  @Benchmark
  public StreamTimeline.Progress read() {
    event.rewind();
    return timeline.read(++stamp, event);
  }
}
