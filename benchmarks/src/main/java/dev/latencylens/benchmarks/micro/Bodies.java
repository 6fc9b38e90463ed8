package dev.latencylens.benchmarks.micro;

import dev.latencylens.fixtures.recorded.RecordedStream;
import dev.latencylens.harness.provider.OptionException;
import dev.latencylens.harness.provider.Providers;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.provider.TargetOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies of recorded streams, long enough to be measured. Stateless. */
final class Bodies {
  /** How many content events a made-up answer has. */
  static final int EVENTS = 1_000;

  private Bodies() {}

  /** A recorded stream as often as it takes to reach a size. */
  static byte[] repeated(final String recorded, final int leastBytes) {
    final byte[] once = RecordedStream.load(recorded).toByteArray();
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() < leastBytes) {
      body.writeBytes(once);
    }
    return body.toByteArray();
  }

  /** An answer of OpenAI's Chat Completions: the recorded one's content events, 1,000 of them. */
  static byte[] chat() {
    final String recorded =
        new String(RecordedStream.load("openai/text.sse").toByteArray(), StandardCharsets.UTF_8);
    final List<String> content =
        recorded
            .lines()
            .filter(line -> line.contains("\"delta\":{\"content\":\"") && !line.contains("\"\"}"))
            .toList();
    final StringBuilder body = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      body.append(content.get(i % content.size())).append("\n\n");
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** An API that needs no option. */
  static StreamApi api(final String provider) {
    try {
      return Providers.load().get(provider).api(TargetOptions.NONE);
    } catch (final OptionException e) {
      throw new IllegalStateException("it needs no option", e);
    }
  }
}
