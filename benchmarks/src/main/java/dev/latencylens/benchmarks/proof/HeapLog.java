package dev.latencylens.benchmarks.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was in use after each collection, as HotSpot's unified logging writes it ({@code -Xlog:gc},
 * JEP 158): {@code [61.024s][info][gc] GC(41) Pause Young (Normal) (G1 Evacuation Pause)
 * 402M->95M(512M) 6.1ms}. Immutable.
 *
 * @param collections the collections with a heap size, in order
 */
record HeapLog(List<Collection> collections) {
  private static final Pattern LINE =
      Pattern.compile("^\\[(\\d+\\.\\d+)s].*GC\\(\\d+\\) Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\)");

  HeapLog {
    collections = List.copyOf(collections);
  }

  /**
   * One collection.
   *
   * @param seconds since the process started
   * @param afterMib what was in use after it, in MiB
   */
  record Collection(double seconds, long afterMib) {}

  /** Reads a log; other lines are passed by. */
  static HeapLog of(final List<String> lines) {
    final List<Collection> found = new ArrayList<>();
    for (final String line : lines) {
      final Matcher matcher = LINE.matcher(line);
      if (matcher.find()) {
        found.add(
            new Collection(Double.parseDouble(matcher.group(1)), Long.parseLong(matcher.group(3))));
      }
    }
    return new HeapLog(found);
  }

  /**
   * The median of what was in use after the collections of a part of the time.
   *
   * @param from the part's begin, as share of the time from the first collection to the last
   * @param to its end
   * @return MiB; empty if there was no collection in it
   */
  OptionalLong medianMib(final double from, final double to) {
    if (collections.isEmpty()) {
      return OptionalLong.empty();
    }
    final double first = collections.get(0).seconds();
    final double span = collections.get(collections.size() - 1).seconds() - first;
    final List<Long> within = new ArrayList<>();
    for (final Collection each : collections) {
      final double share = span == 0 ? 0 : (each.seconds() - first) / span;
      if (share >= from && share <= to) {
        within.add(each.afterMib());
      }
    }
    Collections.sort(within);
    return within.isEmpty() ? OptionalLong.empty() : OptionalLong.of(within.get(within.size() / 2));
  }

  long mostMib() {
    return collections.stream().mapToLong(Collection::afterMib).max().orElse(0);
  }
}
