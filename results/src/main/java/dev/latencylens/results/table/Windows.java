package dev.latencylens.results.table;

import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamTime;
import java.util.HashMap;
import java.util.Map;

/**
 * How long a cell's rounds were measured: of each from the first actual start to the last end. What
 * rates of all streams together are of.
 */
final class Windows {
  private static final double NANOS_PER_SECOND = 1e9;

  private record Span(long fromNanos, long toNanos) {
    Span with(Span other) {
      return new Span(Math.min(fromNanos, other.fromNanos), Math.max(toNanos, other.toNanos));
    }
  }

  private final Map<Integer, Span> byRound = new HashMap<>();

  void add(StreamLine line) {
    line.time(StreamTime.ACTUAL_START)
        .ifPresent(
            from -> {
              Span span = new Span(from, from + line.time(StreamTime.TOTAL).orElse(0));
              byRound.merge(line.round(), span, Span::with);
            });
  }

  /** Adds a round of which only its length is known. */
  void add(int round, long nanos) {
    byRound.put(round, new Span(0, nanos));
  }

  double seconds() {
    return byRound.values().stream()
        .mapToDouble(span -> (span.toNanos() - span.fromNanos()) / NANOS_PER_SECOND)
        .sum();
  }
}
