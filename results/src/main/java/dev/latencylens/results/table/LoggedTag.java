package dev.latencylens.results.table;

import java.util.Locale;

/**
 * The tags of a histogram log that hold what tables need beside the metrics' own: so that tables
 * can be made without the streams' lines.
 */
enum LoggedTag {
  /** {@code e2e} of complete streams alone; only where others had content too. */
  E2E_COMPLETE,
  /** The same of {@code response_e2e}. */
  RESPONSE_E2E_COMPLETE,
  /** Release less intended start of streams that nothing held, in nanoseconds. */
  START_ERROR,
  /** Tokens of the prompts. */
  INPUT_TOKENS,
  /** Output tokens of complete streams. */
  OUTPUT_TOKENS,
  /** Streamed tokens of complete streams. */
  STREAMED_TOKENS,
  /** Events with content, of each stream. */
  CONTENT_EVENTS,
  /** Those that shared a read with another one of their stream. */
  COALESCED_EVENTS,
  /** What each stream cost, in picodollars. */
  COST_PICO_USD,
  /**
   * One value: from the round's first actual start to its last end, in nanoseconds. It tells a log
   * with these tags from those of earlier versions.
   */
  WINDOW;

  /** What the names of tags end with that hold lower bounds of a metric. */
  private static final String LIMIT = "_limit";

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The tag of the lower bounds that deadlines gave of a metric, in nanoseconds. */
  static String limitOf(Metric metric) {
    return metric.label() + LIMIT;
  }
}
