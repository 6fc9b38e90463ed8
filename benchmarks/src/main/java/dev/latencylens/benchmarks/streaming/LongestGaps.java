package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.stream.Content;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.results.run.LongGap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds a stream's longest gaps and where they were. Stateless. */
final class LongestGaps {
  /** Of equally long ones the first. */
  private static final Comparator<LongGap> LONGEST_FIRST =
      Comparator.comparingLong(LongGap::nanos).reversed().thenComparingLong(LongGap::afterNanos);

  private LongestGaps() {}

  /**
   * The longest gaps of a stream.
   *
   * @param record an ended stream
   * @return at most {@link LongGap#MOST}, the longest first; none for a stream without gaps
   */
  static List<LongGap> of(final StreamRecord record) {
    final Content content = record.content();
    final List<LongGap> longest = new ArrayList<>(LongGap.MOST + 1);
    if (record.actualStart().isEmpty()) {
      return longest;
    }
    final long start = record.actualStart().getAsLong();
    final long[] stamps = content.eventStamps();
    for (int i = 1; i < stamps.length; i++) {
      final long nanos = stamps[i] - stamps[i - 1];
      // Events of one read share a stamp: there is no gap between them.
      if (nanos != 0
          && (longest.size() < LongGap.MOST || nanos > longest.get(longest.size() - 1).nanos())) {
        longest.add(new LongGap(stamps[i - 1] - start, i + 1L, nanos));
        longest.sort(LONGEST_FIRST);
        if (longest.size() > LongGap.MOST) {
          longest.remove(LongGap.MOST);
        }
      }
    }
    return longest;
  }
}
