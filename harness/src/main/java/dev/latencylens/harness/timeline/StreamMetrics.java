package dev.latencylens.harness.timeline;

import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamRecord;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The metrics of one stream, computed from its stamps. Durations are nanoseconds; what the stream
 * never reached is absent. All but the {@code response} ones count from the actual start.
 *
 * @param queue release − intended start
 * @param lease actual start − release − setup: waiting for a pooled connection
 * @param ttfb first byte of the body
 * @param ttft first event with content of any kind
 * @param ttfat first event with answer text
 * @param e2e last content event
 * @param total end of the stream
 * @param maxGap longest time between consecutive reads that carried content
 * @param tpot time for each streamed token after the first; absent where the count of streamed
 *     tokens is unknown or below 2, where all content has one stamp, or where the stream is not
 *     complete
 * @param responseTtft first content from the intended start: what an open-loop user waited
 * @param responseE2e last content from the intended start
 */
public record StreamMetrics(
    long queue,
    OptionalLong lease,
    OptionalLong ttfb,
    OptionalLong ttft,
    OptionalLong ttfat,
    OptionalLong e2e,
    long total,
    OptionalLong maxGap,
    OptionalDouble tpot,
    OptionalLong responseTtft,
    OptionalLong responseE2e) {

  /**
   * Computes the metrics of a stream.
   *
   * @param stream an ended stream
   * @return its metrics
   */
  public static StreamMetrics of(final StreamRecord stream) {
    final Content content = stream.content();
    final long[] stamps = content.eventStamps();
    final OptionalLong first = stamps.length == 0 ? none() : OptionalLong.of(stamps[0]);
    final OptionalLong last =
        stamps.length == 0 ? none() : OptionalLong.of(stamps[stamps.length - 1]);
    final OptionalLong answer =
        content.firstAnswer() < 0 ? none() : OptionalLong.of(stamps[content.firstAnswer()]);
    final OptionalLong start = stream.actualStart();
    return new StreamMetrics(
        stream.release() - stream.intendedStart(),
        start.isEmpty()
            ? none()
            : OptionalLong.of(
                start.getAsLong() - stream.release() - stream.connection().setupNanos()),
        between(start, stream.firstByte()),
        between(start, first),
        between(start, answer),
        between(start, last),
        stream.end() - start.orElse(stream.release()),
        longest(content.gaps()),
        tpot(stream, first, last),
        between(OptionalLong.of(stream.intendedStart()), first),
        between(OptionalLong.of(stream.intendedStart()), last));
  }

  private static OptionalDouble tpot(
      final StreamRecord stream, final OptionalLong first, final OptionalLong last) {
    final OptionalLong tokens = stream.usage().streamedTokens();
    if (stream.outcome() != Outcome.COMPLETE
        || tokens.isEmpty()
        || tokens.getAsLong() < 2
        || stream.content().reads() < 2) {
      return OptionalDouble.empty();
    }
    final long span = last.orElseThrow() - first.orElseThrow();
    return OptionalDouble.of((double) span / (tokens.getAsLong() - 1));
  }

  private static OptionalLong longest(final long[] gaps) {
    return Arrays.stream(gaps).max();
  }

  private static OptionalLong between(final OptionalLong from, final OptionalLong to) {
    return from.isEmpty() || to.isEmpty()
        ? none()
        : OptionalLong.of(to.getAsLong() - from.getAsLong());
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }
}
