package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.stream.ConnectionPhases;
import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.Usage;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Records of streams that nobody asked for. */
final class Records {
  private Records() {}

  static StreamRecord ended(
      final String id,
      final Outcome outcome,
      final Usage usage,
      final Map<StreamAttribute, String> attributes) {
    return new StreamRecord(
        id,
        "openai",
        "gpt-x",
        outcome,
        Optional.empty(),
        OptionalInt.of(200),
        0,
        0,
        OptionalLong.of(10),
        OptionalLong.of(1_000),
        3_000,
        OptionalLong.empty(),
        new Content(new long[] {1_000, 2_000}, 0, 2, 0, 8),
        usage,
        Optional.of("stop"),
        new ConnectionPhases(
            false, "HTTP/1.1", OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()),
        attributes,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  static Usage usage(final long input, final long cached, final long output, final long reasoning) {
    return new Usage(
        OptionalLong.of(input),
        OptionalLong.of(cached),
        OptionalLong.of(output),
        OptionalLong.of(reasoning),
        OptionalLong.of(0));
  }
}
