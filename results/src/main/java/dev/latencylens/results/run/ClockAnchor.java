package dev.latencylens.results.run;

/**
 * One reading of both clocks, taken together once in a run, so that stamps can be laid beside wall
 * time.
 *
 * @param epochNanos wall time, nanoseconds since 1970-01-01 UTC
 * @param nanoTime {@link System#nanoTime()} at the same moment
 */
public record ClockAnchor(long epochNanos, long nanoTime) {}
