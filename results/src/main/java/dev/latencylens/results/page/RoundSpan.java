package dev.latencylens.results.page;

import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.table.Decimal;
import java.util.List;

/** When a round's streams were under way, and how long the longest took. For one thread. */
final class RoundSpan {
  static final List<String> HEADINGS =
      List.of(
          "round",
          "cell",
          "streams",
          "errors",
          "first start s",
          "last end s",
          "longest queue ms",
          "longest set-up ms",
          "longest ttft ms",
          "longest total ms");

  private static final double NANOS_PER_SECOND = 1e9;

  private final int round;
  private final String cell;
  private long streams;
  private long errors;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long queue;
  private long setUp;
  private long ttft = -1;
  private long total;

  /** The round of a stream, which is not counted yet. */
  RoundSpan(StreamLine line) {
    round = line.round();
    cell = line.cell();
  }

  void add(StreamBar bar) {
    streams++;
    errors += bar.failed() ? 1 : 0;
    first = Math.min(first, bar.start());
    last = Math.max(last, bar.end());
    queue = Math.max(queue, bar.queue());
    setUp = Math.max(setUp, bar.setUp());
    ttft = Math.max(ttft, bar.ttft());
    total = Math.max(total, bar.total());
  }

  long startNanos() {
    return first;
  }

  /** A row of the table, with times from the run's first start. */
  List<String> texts(long zeroNanos) {
    return List.of(
        Integer.toString(round),
        cell,
        Long.toString(streams),
        Long.toString(errors),
        Decimal.fixed((first - zeroNanos) / NANOS_PER_SECOND, 3),
        Decimal.fixed((last - zeroNanos) / NANOS_PER_SECOND, 3),
        PageSource.millisText(queue),
        PageSource.millisText(setUp),
        ttft < 0 ? "" : PageSource.millisText(ttft),
        PageSource.millisText(total));
  }
}
