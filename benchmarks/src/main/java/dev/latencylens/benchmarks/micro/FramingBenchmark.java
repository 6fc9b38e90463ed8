package dev.latencylens.benchmarks.micro;

import dev.latencylens.harness.framing.AwsEventStreamDecoder;
import dev.latencylens.harness.framing.FrameDecoder;
import dev.latencylens.harness.framing.NdjsonDecoder;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.stream.BrokenStreamException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cutting a body of a mebibyte into frames, in reads of 16 KiB, as segments are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FramingBenchmark {
  private static final int BODY_BYTES = 1 << 20;
  private static final int READ_BYTES = 1 << 14;
  private static final int MOST_FRAME_BYTES = 1 << 23;

  private final byte[] sse = Bodies.repeated("openai/text.sse", BODY_BYTES);
  private final byte[] ndjson = Bodies.repeated("ollama/text.ndjson", BODY_BYTES);
  private final byte[] aws = Bodies.repeated("bedrock-converse/text.events", BODY_BYTES);

  /** Made by JMH. */
  public FramingBenchmark() {}

  private static long frames(final FrameDecoder decoder, final byte[] body)
      throws BrokenStreamException {
    final long[] bytes = new long[1];
    for (int from = 0; from < body.length; from += READ_BYTES) {
      decoder.decode(
          body, from, Math.min(READ_BYTES, body.length - from), f -> bytes[0] += f.length());
    }
    return bytes[0];
  }

  /**
   * Server-sent events.
   *
   * @return what JMH keeps alive
   * @throws BrokenStreamException never
   */
  @Benchmark
  public long sse() throws BrokenStreamException {
    return frames(new SseDecoder(MOST_FRAME_BYTES), sse);
  }

  /**
   * The least that any reader of server-sent events does: a plain loop that looks for line ends.
   *
   * @return how many there are
   */
  @Benchmark
  public long sseLineEnds() {
    long ends = 0;
    for (final byte each : sse) {
      if (each == '\n' || each == '\r') {
        ends++;
      }
    }
    return ends;
  }

  /**
   * JSON lines.
   *
   * @return what JMH keeps alive
   * @throws BrokenStreamException never
   */
  @Benchmark
  public long ndjson() throws BrokenStreamException {
    return frames(new NdjsonDecoder(MOST_FRAME_BYTES), ndjson);
  }

  /**
   * AWS's event stream, its checksums included.
   *
   * @return what JMH keeps alive
   * @throws BrokenStreamException never
   */
  @Benchmark
  public long aws() throws BrokenStreamException {
    return frames(new AwsEventStreamDecoder(MOST_FRAME_BYTES), aws);
  }
}
