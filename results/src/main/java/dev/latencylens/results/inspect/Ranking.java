package dev.latencylens.results.inspect;

import dev.latencylens.results.run.StreamLine;
import dev.latencylens.results.run.StreamTime;
import java.util.Locale;
import java.util.OptionalLong;

/** By which of their times streams are ranked, the slowest first. */
public enum Ranking {
  /** Time to the first content. */
  TTFT(StreamTime.TTFT),
  /** Time to the last content. */
  E2E(StreamTime.E2E),
  /** The longest time between two reads with content. */
  MAX_GAP(StreamTime.MAX_GAP),
  /** Time to the end, however the stream ended. */
  TOTAL(StreamTime.TOTAL);

  private static final String TIMEOUT = "timeout_";

  private final StreamTime time;

  Ranking(StreamTime time) {
    this.time = time;
  }

  /** The metric's name in tables and files. */
  String metric() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a deadline cut the stream off before it had this time: it is at least as long. */
  boolean isCensored(StreamLine line) {
    return line.time(time).isEmpty() && line.outcome().startsWith(TIMEOUT);
  }

  /**
   * What a stream is ranked by.
   *
   * @return nanoseconds; of a stream that a deadline cut off how long it lasted; empty where it has
   *     none of them
   */
  OptionalLong of(StreamLine line) {
    return isCensored(line) ? line.time(StreamTime.TOTAL) : line.time(time);
  }
}
