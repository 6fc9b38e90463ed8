package dev.latencylens.benchmarks.micro;

import dev.latencylens.fixtures.recorded.RecordedStream;
import dev.latencylens.harness.provider.EventDecoder;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.stream.BrokenStreamException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One whole recorded stream of each provider, from its bytes to its events. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ProviderBenchmark {
  private static final int MOST_FRAME_BYTES = 1 << 23;

  /** Provider and recorded stream. */
  @Param({
    "openai openai/text.sse",
    "anthropic anthropic/text.sse",
    "google google/text.sse",
    "cohere cohere/text.sse",
    "ollama ollama/text.ndjson"
  })
  public String stream = "";

  private byte[] body = {};
  private StreamApi api = Bodies.api("openai");

  /** Made by JMH. */
  public ProviderBenchmark() {}

  /** Loads the stream. */
  @Setup
  public void load() {
    final String[] parts = stream.split(" ", -1);
    api = Bodies.api(parts[0]);
    body = RecordedStream.load(parts[1]).toByteArray();
  }

  /**
   * Decodes it.
   *
   * @return what JMH keeps alive
   * @throws BrokenStreamException never
   */
  @Benchmark
  public long decode() throws BrokenStreamException {
    final Ignored sink = new Ignored();
    final EventDecoder events = api.newEventDecoder();
    api.newFrameDecoder(MOST_FRAME_BYTES)
        .decode(body, 0, body.length, frame -> events.decode(frame, sink));
    return sink.characters();
  }
}
