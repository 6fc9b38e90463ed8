package dev.latencylens.results.run;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * The histograms of one round, one for each metric, in nanoseconds: what {@code
 * histograms/<cell>/<round>.hlog} holds. The file is an HdrHistogram log V2, and HdrHistogram's own
 * tools read it; its tags are the metrics' names, URL-encoded.
 *
 * @param started when the round's measured part began
 * @param finished when it was over
 * @param histograms the histograms by metric, such as {@code gap}; the histograms are not copied
 */
public record HistogramLog(
    Instant started, Instant finished, SortedMap<String, Histogram> histograms) {

  /** The significant decimal digits that each histogram keeps. */
  public static final int DIGITS = 3;

  /** The metric of the times between reads that carried content. */
  public static final String GAP = "gap";

  /** The metric of instrument errors from zero up: stamps that were late. */
  public static final String INSTRUMENT_ERROR = "instrument_error";

  /** The metric of the magnitudes of negative instrument errors: stamps that were early. */
  public static final String INSTRUMENT_ERROR_EARLY = "instrument_error_early";

  /** Copies the map, not the histograms. */
  public HistogramLog {
    histograms = Collections.unmodifiableSortedMap(new TreeMap<>(histograms));
  }

  /**
   * A log without an instrument error.
   *
   * @param started when the round's measured part began
   * @param finished when it was over
   * @param metrics the histograms by metric; empty ones are left out
   * @return the log
   */
  public static HistogramLog of(Instant started, Instant finished, Map<String, Histogram> metrics) {
    TreeMap<String, Histogram> kept = new TreeMap<>();
    metrics.forEach(
        (metric, histogram) -> {
          if (histogram.getTotalCount() > 0) {
            kept.put(metric, histogram);
          }
        });
    return new HistogramLog(started, finished, kept);
  }

  /**
   * A log that also holds the instrument error, as two metrics.
   *
   * @param started when the round's measured part began
   * @param finished when it was over
   * @param metrics the histograms by metric; empty ones are left out
   * @param instrumentError the instrument error of the round
   * @return the log
   */
  public static HistogramLog of(
      Instant started,
      Instant finished,
      Map<String, Histogram> metrics,
      SignedHistogram instrumentError) {
    TreeMap<String, Histogram> all = new TreeMap<>(metrics);
    all.put(INSTRUMENT_ERROR, instrumentError.positive());
    all.put(INSTRUMENT_ERROR_EARLY, instrumentError.negative());
    return of(started, finished, all);
  }

  /**
   * An empty histogram that grows as it must, so that nothing is lost.
   *
   * @return a new histogram of {@value #DIGITS} significant digits, safe for one thread
   */
  public static Histogram newHistogram() {
    return new Histogram(DIGITS);
  }

  /**
   * The histogram of one metric.
   *
   * @param metric its name
   * @return the histogram, or empty where nothing was recorded
   */
  public Optional<Histogram> histogram(String metric) {
    return Optional.ofNullable(histograms.get(metric));
  }

  /**
   * How many values of one metric were recorded.
   *
   * @param metric its name
   * @return 0 or more
   */
  public long count(String metric) {
    return histogram(metric).map(Histogram::getTotalCount).orElse(0L);
  }

  /**
   * The instrument error over both signs.
   *
   * @return a histogram; empty where the error was not measured
   */
  public SignedHistogram instrumentError() {
    return new SignedHistogram(
        histogram(INSTRUMENT_ERROR).orElseGet(HistogramLog::newHistogram),
        histogram(INSTRUMENT_ERROR_EARLY).orElseGet(HistogramLog::newHistogram));
  }
}
