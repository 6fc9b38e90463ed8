package dev.latencylens.results.run;

/**
 * One of the longest gaps of a stream, and where in the stream it was.
 *
 * @param afterNanos when it began, in nanoseconds from the actual start
 * @param event which content event ended it, counted from 1, so that it is at least 2
 * @param nanos how long it was, in nanoseconds
 */
public record LongGap(long afterNanos, long event, long nanos) {
  /** As many are kept for each stream: more would make a million lines long. */
  public static final int MOST = 3;
}
