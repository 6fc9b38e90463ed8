package dev.latencylens.results.table;

import dev.latencylens.results.run.HistogramLog;
import dev.latencylens.results.run.StreamCount;
import dev.latencylens.results.run.StreamLine;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Gathers, while a round runs, what tables need of its streams and the metrics' own histograms do
 * not hold: for the round's histogram log. In constant memory; not safe for use by several threads.
 */
public final class RoundReadings implements ReadingSink {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<String, Histogram> histograms = new TreeMap<>();
  private final Windows window = new Windows();
  private boolean allComplete = true;

  /** Creates one for a round that begins. */
  public RoundReadings() {}

  /**
   * Adds an ended stream of the round.
   *
   * @param line the line that is logged of it
   */
  public void add(StreamLine line) {
    LineReadings.of(line, this);
    count(LoggedTag.INPUT_TOKENS, line.count(StreamCount.INPUT_TOKENS));
    count(LoggedTag.CONTENT_EVENTS, line.count(StreamCount.CONTENT_EVENTS));
    count(LoggedTag.COALESCED_EVENTS, line.count(StreamCount.COALESCED_EVENTS));
    if (line.isComplete()) {
      count(LoggedTag.OUTPUT_TOKENS, line.count(StreamCount.OUTPUT_TOKENS));
      count(LoggedTag.STREAMED_TOKENS, line.count(StreamCount.STREAMED_TOKENS));
    } else {
      allComplete = false;
    }
    if (!line.isRefused()) {
      count(LoggedTag.COST_PICO_USD, line.count(StreamCount.COST_PICO_USD));
    }
    window.add(line);
  }

  /**
   * What was gathered.
   *
   * @return histograms by tag, each with a value at least: nanoseconds, tokens, events or
   *     picodollars, as the tag says
   */
  public Map<String, Histogram> histograms() {
    Map<String, Histogram> gathered = new TreeMap<>(histograms);
    if (allComplete) {
      // The metrics' own histograms hold the same.
      gathered.remove(LoggedTag.E2E_COMPLETE.tag());
      gathered.remove(LoggedTag.RESPONSE_E2E_COMPLETE.tag());
    }
    Histogram lasted = HistogramLog.newHistogram();
    lasted.recordValue(Math.round(window.seconds() * NANOS_PER_SECOND));
    gathered.put(LoggedTag.WINDOW.tag(), lasted);
    return gathered;
  }

  @Override
  public void reading(Metric metric, double value) {
    switch (metric) {
      case E2E -> record(LoggedTag.E2E_COMPLETE.tag(), Math.round(value));
      case RESPONSE_E2E -> record(LoggedTag.RESPONSE_E2E_COMPLETE.tag(), Math.round(value));
      case START_ERROR -> record(LoggedTag.START_ERROR.tag(), Math.round(value));
      // These stand in the log under their own names.
      case TTFT, TPOT, GAP, OUTPUT_TPS, TTFAT, RESPONSE_TTFT, QUEUE -> {}
    }
  }

  @Override
  public void atLeast(Metric metric, double limit) {
    record(LoggedTag.limitOf(metric), Math.round(limit));
  }

  private void count(LoggedTag tag, OptionalLong count) {
    count.ifPresent(value -> record(tag.tag(), value));
  }

  private void record(String tag, long value) {
    histograms
        .computeIfAbsent(tag, first -> HistogramLog.newHistogram())
        .recordValue(Math.max(0, value));
  }
}
