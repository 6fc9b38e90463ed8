package dev.latencylens.harness.config;

import java.util.List;

/**
 * What is compared, and from which change on it matters: stated before a run, so that nobody
 * chooses either by the outcome.
 *
 * @param metrics the metrics that are judged: at least one, none twice
 * @param margins from which change on a quantile is slower or faster
 * @param pairs targets of one configuration that are compared with each other; none where a run's
 *     arms are
 */
public record Comparison(List<Measure> metrics, Margins margins, List<Pair> pairs) {

  /** What holds where the configuration says nothing: the time to the first token. */
  public static final Comparison DEFAULT =
      new Comparison(List.of(Measure.TTFT), Margins.DEFAULT, List.of());

  /** A metric that can be judged. */
  public enum Measure {
    /** First content. */
    TTFT,
    /** First answer text. */
    TTFAT,
    /** Between reads with content. */
    GAP,
    /** Time of an output token. */
    TPOT,
    /** Last content. */
    E2E,
    /** First content, from the intended start. */
    RESPONSE_TTFT,
    /** Last content, from the intended start. */
    RESPONSE_E2E
  }

  /**
   * Changes of a quantile below which nobody minds, as shares: 0.05 is 5%.
   *
   * @param p50 of the median, above 0
   * @param p95 of the 95th percentile, above 0
   * @param p99 of the 99th percentile, above 0
   */
  public record Margins(double p50, double p95, double p99) {
    /** 5%, 10% and 25%. */
    public static final Margins DEFAULT = new Margins(0.05, 0.10, 0.25);

    /** The smallest margin. */
    public static final double LEAST = 0.001;

    /** The largest margin. */
    public static final double MOST = 10;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a margin is not from {@link #LEAST} to {@link #MOST}
     */
    public Margins {
      for (final double margin : List.of(p50, p95, p99)) {
        // The negation catches NaN.
        if (!(margin >= LEAST && margin <= MOST)) {
          throw new IllegalArgumentException("a margin must be from " + LEAST + " to " + MOST);
        }
      }
    }
  }

  /**
   * Two targets by their names.
   *
   * @param baseline what is there
   * @param candidate what is to be no slower
   */
  public record Pair(String baseline, String candidate) {}

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if no metric is judged, or one twice
   */
  public Comparison {
    metrics = List.copyOf(metrics);
    pairs = List.copyOf(pairs);
    if (metrics.isEmpty() || metrics.stream().distinct().count() != metrics.size()) {
      throw new IllegalArgumentException("at least one metric is judged, and none twice");
    }
  }
}
