package dev.latencylens.harness.stream;

import java.util.Arrays;

/**
 * When content arrived, and how much of it. All stamps are {@link System#nanoTime()}.
 *
 * @param eventStamps the stamp of each content event, in order: that of the read which completed it
 * @param firstAnswer index of the first event with answer text, or -1 where there was none
 * @param reads how many distinct reads carried content
 * @param coalesced how many content events shared a read with another one of this stream
 * @param characters UTF-16 units of content, all kinds together
 */
// One array a stream, handed on and never written again: a list would box every stamp.
@SuppressWarnings("ArrayRecordComponent")
public record Content(
    long[] eventStamps, int firstAnswer, int reads, int coalesced, long characters) {

  /** No content. */
  public static final Content NONE = new Content(new long[0], -1, 0, 0, 0);

  /**
   * How many content events there were.
   *
   * @return a count, from 0
   */
  public int events() {
    return eventStamps.length;
  }

  /**
   * Times between consecutive reads that carried content.
   *
   * @return nanoseconds, one less than {@link #reads()}; empty where there were fewer than two
   */
  public long[] gaps() {
    final long[] gaps = new long[Math.max(0, reads - 1)];
    int next = 0;
    for (int i = 1; i < eventStamps.length; i++) {
      if (eventStamps[i] != eventStamps[i - 1]) {
        gaps[next++] = eventStamps[i] - eventStamps[i - 1];
      }
    }
    return next == gaps.length ? gaps : Arrays.copyOf(gaps, next);
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof Content that
        && Arrays.equals(eventStamps, that.eventStamps)
        && firstAnswer == that.firstAnswer
        && reads == that.reads
        && coalesced == that.coalesced
        && characters == that.characters;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(eventStamps);
  }

  @Override
  public String toString() {
    return "Content[events=" + events() + ", reads=" + reads + ", characters=" + characters + "]";
  }
}
