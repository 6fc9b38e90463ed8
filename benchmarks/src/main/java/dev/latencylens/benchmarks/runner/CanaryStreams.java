package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Load;
import dev.latencylens.results.run.InstrumentReading;
import java.util.HashMap;
import java.util.Map;

/**
 * How many streams the canary of a round has at a time: a small share of the load, and more of them
 * where the rounds before were too short to bring a cell the events that a p99 takes. Not
 * thread-safe.
 */
final class CanaryStreams {
  private static final double LARGEST_SHARE = 0.25;

  private final double share;
  private final int rounds;
  private final Map<Integer, Heard> cells = new HashMap<>();

  /** What the rounds of a cell brought so far. */
  private record Heard(int rounds, long events, int lastStreams, long lastEvents) {
    static final Heard NOTHING = new Heard(0, 0, 0, 0);
  }

  /**
   * Nothing is known yet.
   *
   * @param share of the streams in flight, from 0 (no canary) to 0.5
   * @param rounds how many each cell has
   */
  CanaryStreams(final double share, final int rounds) {
    this.share = share;
    this.rounds = rounds;
  }

  /**
   * For the next round of a cell.
   *
   * @param cell the cell's index
   * @param load its load
   * @return how many at a time; 0 for none
   */
  int next(final int cell, final Load load) {
    if (share == 0) {
      return 0;
    }
    final int asked = (int) Math.ceil(share * load.mostInFlight());
    final Heard heard = cells.getOrDefault(cell, Heard.NOTHING);
    final long missing = InstrumentReading.EVENTS_FOR_P99 - heard.events();
    if (heard.lastEvents() == 0 || missing <= 0) {
      return asked;
    }
    final double eachStream = (double) heard.lastEvents() / heard.lastStreams();
    final int roundsLeft = Math.max(1, rounds - heard.rounds());
    final int needed = (int) Math.ceil(missing / eachStream / roundsLeft);
    final int most = Math.max(asked, (int) (LARGEST_SHARE * load.mostInFlight()));
    return Math.max(asked, Math.min(needed, most));
  }

  /**
   * A round of a cell is over.
   *
   * @param cell the cell's index
   * @param streams how many its canary had at a time
   * @param events how many events of it were compared
   */
  void after(final int cell, final int streams, final long events) {
    final Heard before = cells.getOrDefault(cell, Heard.NOTHING);
    cells.put(
        cell,
        streams == 0 || events == 0
            ? new Heard(
                before.rounds() + 1, before.events(), before.lastStreams(), before.lastEvents())
            : new Heard(before.rounds() + 1, before.events() + events, streams, events));
  }
}
