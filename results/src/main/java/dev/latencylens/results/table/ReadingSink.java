package dev.latencylens.results.table;

/** Takes what streams say of metrics, one reading at a time. */
interface ReadingSink {

  /**
   * Takes a reading.
   *
   * @param metric never {@link Metric#GAP}, whose readings are in histograms
   * @param value nanoseconds, or tokens in a second for a rate
   */
  void reading(Metric metric, double value);

  /**
   * Takes a reading of which only a lower bound is known, as a deadline cut the stream off.
   *
   * @param metric never {@link Metric#GAP}
   * @param limit nanoseconds: the true value is at least this
   */
  void atLeast(Metric metric, double limit);
}
