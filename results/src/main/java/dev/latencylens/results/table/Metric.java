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
  TTFAT("first answer text, reasoning excluded", "no answer text");

  private static final double NANOS_PER_MILLI = 1e6;

  private final String meaning;
  private final String whyAbsent;
  private final String label = name().toLowerCase(Locale.ROOT);

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

  /** The name of a CSV column, with the statistic and the unit. */
  String column(Percentile percentile) {
    return label + "_" + percentile.label() + (isRate() ? "" : "_ms");
  }

  /** The name of a statistic in the notes. */
  String statistic(Percentile percentile) {
    return label + "_" + percentile.label();
  }

  String meaning() {
    return meaning;
  }

  String whyAbsent() {
    return whyAbsent;
  }

  /** Whether it is a rate: tokens in a second, not a time. */
  boolean isRate() {
    return this == OUTPUT_TPS;
  }

  /** A reading, in the unit of the tables: milliseconds, or tokens in a second. */
  double inTableUnit(double reading) {
    return isRate() ? reading : reading / NANOS_PER_MILLI;
  }

  /** How long a reading is in time: a rate stands for the time of one token. */
  double nanos(double reading) {
    return isRate() ? 1e9 / reading : reading;
  }
}
