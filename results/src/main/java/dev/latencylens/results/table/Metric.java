package dev.latencylens.results.table;

import dev.latencylens.results.stats.Percentile;
import java.util.Locale;

/** The metrics of a summary, in the order of the CSV's columns. */
public enum Metric {
  /** First generated content of any kind. */
  TTFT("first generated content of any kind, from the moment the request was sent", "no content"),
  /** Time per output token after the first. */
  TPOT(
      "time per output token after the first, of complete streams",
      "needs complete streams with token counts and content in two reads"),
  /** Time between reads that carried content. */
  GAP("time between two reads that carried content, over all streams", "no two reads with content"),
  /** End of the last content. */
  E2E("end of the last content, of complete streams", "no complete stream"),
  /** Output tokens in a second, after the first. */
  OUTPUT_TPS(
      "1 / tpot of each stream, tokens in a second; its p99 is what the fastest 1% exceed",
      "needs tpot"),
  /** First answer text. */
  TTFAT("first answer text, reasoning excluded", "no answer text"),
  /** First content, from the intended start. */
  RESPONSE_TTFT(
      "first content from the intended start: what an open-loop user waited", "no content"),
  /** Last content, from the intended start. */
  RESPONSE_E2E(
      "end of the last content from the intended start, of complete streams", "no complete stream"),
  /** Release less intended start. */
  QUEUE("release less intended start: limits, the ceiling of streams in flight, and start_error"),
  /** Release less intended start where nothing held the stream. */
  START_ERROR("release less intended start of streams that nothing held: the client's own pacing");

  private static final double NANOS_PER_MILLI = 1e6;

  private final String meaning;
  private final String whyAbsent;
  private final String label = name().toLowerCase(Locale.ROOT);

  Metric(String meaning) {
    this(meaning, "no stream was started");
  }

  Metric(String meaning, String whyAbsent) {
    this.meaning = meaning;
    this.whyAbsent = whyAbsent;
  }

  /**
   * The name in tables.
   *
   * @return such as {@code ttft}
   */
  public String label() {
    return label;
  }

  /**
   * The name of a CSV column, with the statistic and the unit.
   *
   * @param percentile the statistic
   * @return such as {@code ttft_p50_ms}
   */
  public String column(Percentile percentile) {
    return label + "_" + percentile.label() + (isRate() ? "" : "_ms");
  }

  /**
   * The name of a statistic in the notes.
   *
   * @param percentile the statistic
   * @return such as {@code ttft_p50}
   */
  public String statistic(Percentile percentile) {
    return label + "_" + percentile.label();
  }

  /**
   * What it measures.
   *
   * @return a few words, without a full stop
   */
  public String meaning() {
    return meaning;
  }

  String whyAbsent() {
    return whyAbsent;
  }

  /**
   * Whether it is a rate: tokens in a second, not a time.
   *
   * @return true for a rate
   */
  public boolean isRate() {
    return this == OUTPUT_TPS;
  }

  /** Whether it holds the stamp of an arrival: only such a reading can be late. */
  boolean isStamped() {
    return this != QUEUE && this != START_ERROR;
  }

  /** Whether it says something of the load rather than of the service. */
  boolean isOfLoad() {
    return !isStamped() || this == RESPONSE_TTFT || this == RESPONSE_E2E;
  }

  /**
   * A reading in the unit of the tables.
   *
   * @param reading nanoseconds, or tokens in a second
   * @return milliseconds, or tokens in a second
   */
  public double inTableUnit(double reading) {
    return isRate() ? reading : reading / NANOS_PER_MILLI;
  }

  /** How long a reading is in time: a rate stands for the time of one token. */
  double nanos(double reading) {
    return isRate() ? 1e9 / reading : reading;
  }
}
