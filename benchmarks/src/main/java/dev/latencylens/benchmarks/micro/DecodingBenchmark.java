package dev.latencylens.benchmarks.micro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latencylens.harness.framing.SseDecoder;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.stream.BrokenStreamException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One content event of OpenAI's Chat Completions, from the bytes of the body to its text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodingBenchmark {
  private static final int MOST_FRAME_BYTES = 1 << 23;

  private final byte[] body = Bodies.chat();
  private final ObjectMapper mapper = new ObjectMapper();
  private final StreamApi api = Bodies.api("openai");

  /** Made by JMH. */
  public DecodingBenchmark() {}

  /**
   * As streams are decoded: one parser for all events of a stream, which leaves an event once all
   * that is wanted is read.
   *
   * @return what JMH keeps alive
   * @throws BrokenStreamException never
   */
  @Benchmark
  @OperationsPerInvocation(Bodies.EVENTS)
  public long chat() throws BrokenStreamException {
    final Ignored sink = new Ignored();
    final EventDecoder events = api.newEventDecoder();
    api.newFrameDecoder(MOST_FRAME_BYTES)
        .decode(body, 0, body.length, frame -> events.decode(frame, sink));
    return sink.characters();
  }

  /**
   * The usual way: each event into Jackson's tree, and the text looked up in it.
   *
   * @return what JMH keeps alive
   * @throws BrokenStreamException never
   */
  @Benchmark
  @OperationsPerInvocation(Bodies.EVENTS)
  public long chatTree() throws BrokenStreamException {
    final long[] characters = new long[1];
    new SseDecoder(MOST_FRAME_BYTES)
        .decode(
            body,
            0,
            body.length,
            frame -> {
              try {
                final JsonNode event =
                    mapper.readTree(frame.bytes(), frame.offset(), frame.length());
                characters[0] += event.at("/choices/0/delta/content").asText().length();
              } catch (final IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return characters[0];
  }
}
