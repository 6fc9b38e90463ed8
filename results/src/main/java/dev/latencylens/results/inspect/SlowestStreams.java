package dev.latencylens.results.inspect;

import dev.latencylens.results.run.StreamLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Keeps the slowest of the streams that pass by: never more than asked for, however many there are.
 * For one thread.
 */
final class SlowestStreams {
  /** Of streams that are equally slow the one that was written first comes first. */
  private static final Comparator<Kept> FASTEST_FIRST =
      Comparator.comparingLong(Kept::nanos).thenComparing(Kept::number, Comparator.reverseOrder());

  private final Selection selection;
  private final PriorityQueue<Kept> slowest = new PriorityQueue<>(FASTEST_FIRST);
  private long seen;
  private long matching;
  private long unranked;

  private record Kept(StreamLine line, long nanos, long number) {}

  SlowestStreams(Selection selection) {
    this.selection = selection;
  }

  void add(StreamLine line) {
    seen++;
    if (!selection.includes(line)) {
      return;
    }
    matching++;
    OptionalLong nanos = selection.ranking().of(line);
    if (nanos.isEmpty() && selection.needsReading()) {
      unranked++;
      return;
    }
    slowest.add(new Kept(line, nanos.orElse(-1), seen));
    if (slowest.size() > selection.most()) {
      slowest.remove();
    }
  }

  /** The streams, the slowest first. */
  List<StreamLine> lines() {
    List<Kept> kept = new ArrayList<>(slowest);
    kept.sort(FASTEST_FIRST.reversed());
    return kept.stream().map(Kept::line).toList();
  }

  /** How many streams passed by. */
  long seen() {
    return seen;
  }

  /** How many of them were asked for. */
  long matching() {
    return matching;
  }

  /** How many of those have no reading to be ranked by. */
  long unranked() {
    return unranked;
  }
}
