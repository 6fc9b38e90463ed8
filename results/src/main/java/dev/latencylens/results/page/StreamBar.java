package dev.latencylens.results.page;

import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the timeline draws of a stream, in nanoseconds.
 *
 * @param cell its cell's id
 * @param round its round
 * @param outcome its outcome
 * @param failed whether that is any but {@code complete}
 * @param start its intended start, a stamp of {@link System#nanoTime()}
 * @param queue from there to the release
 * @param setUp from there to the actual start: the wait for a connection, and its opening
 * @param ttft from the actual start; below 0 where no content came
 * @param e2e from the actual start; below 0 where no content came
 * @param total from the actual start, or from the release where it never started
 */
record StreamBar(
    String cell,
    int round,
    String outcome,
    boolean failed,
    long start,
    long queue,
    long setUp,
    long ttft,
    long e2e,
    long total) {
  private static final long NONE = -1;

  /** The bar of a stream; empty for one that was refused, or has no start. */
  static Optional<StreamBar> of(StreamLine line) {
    OptionalLong start = line.time(StreamTime.INTENDED_START);
    if (line.isRefused() || start.isEmpty()) {
      return Optional.empty();
    }
    long release = Math.max(start.getAsLong(), or(line, StreamTime.RELEASE, start.getAsLong()));
    long actual = Math.max(release, or(line, StreamTime.ACTUAL_START, release));
    return Optional.of(
        new StreamBar(
            line.cell(),
            line.round(),
            line.outcome(),
            !line.isComplete(),
            start.getAsLong(),
            release - start.getAsLong(),
            actual - release,
            or(line, StreamTime.TTFT, NONE),
            or(line, StreamTime.E2E, NONE),
            or(line, StreamTime.TOTAL, 0)));
  }

  private static long or(StreamLine line, StreamTime time, long other) {
    return line.time(time).orElse(other);
  }

  /** When it was over, on the clock of its start. */
  long end() {
    return start + queue + setUp + Math.max(0, Math.max(total, e2e));
  }
}
