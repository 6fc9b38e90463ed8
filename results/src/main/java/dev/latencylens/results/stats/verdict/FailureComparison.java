package dev.latencylens.results.stats.verdict;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * Failures of two cells, compared apart from their times: a release that fails its slow requests
 * must not look faster. The p values are Fisher's exact ones.
 *
 * @param baseline the failures of the baseline
 * @param candidate the failures of the candidate
 * @param pWorse the chance of at least as many of the failures being the candidate's, where nothing
 *     changed
 * @param pBetter the chance of at most as many
 */
public record FailureComparison(Rate baseline, Rate candidate, double pWorse, double pBetter) {

  /**
   * A share of requests that failed, with its 95% interval (Clopper, Pearson: "The Use of
   * Confidence or Fiducial Limits", Biometrika 26, 1934).
   *
   * @param failed 0 or more
   * @param requests 1 or more
   * @param low the lower end, from 0
   * @param high the upper end, to 1
   */
  public record Rate(int failed, int requests, double low, double high) {
    /**
     * Counts failures.
     *
     * @param failed from 0 to {@code requests}
     * @param requests 1 or more
     * @return the rate and its interval
     * @throws IllegalArgumentException if a count is out of its range
     */
    public static Rate of(int failed, int requests) {
      if (requests < 1 || failed < 0 || failed > requests) {
        throw new IllegalArgumentException(
            "failures are expected from 0 to the requests: " + failed + " of " + requests);
      }
      Interval interval =
          BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(requests, failed, Power.LEVEL);
      return new Rate(failed, requests, interval.getLowerBound(), interval.getUpperBound());
    }

    private int succeeded() {
      return requests - failed;
    }
  }

  /**
   * Compares failures.
   *
   * @param baseline of the baseline
   * @param candidate of the candidate
   * @return both with their p values
   */
  public static FailureComparison of(Rate baseline, Rate candidate) {
    return new FailureComparison(
        baseline,
        candidate,
        p(baseline, candidate, AlternativeHypothesis.GREATER_THAN),
        p(baseline, candidate, AlternativeHypothesis.LESS_THAN));
  }

  private static double p(Rate baseline, Rate candidate, AlternativeHypothesis alternative) {
    if (baseline.failed + candidate.failed == 0
        || baseline.succeeded() + candidate.succeeded() == 0) {
      return 1;
    }
    int[][] table = {
      {candidate.failed, candidate.succeeded()}, {baseline.failed, baseline.succeeded()}
    };
    return FisherExactTest.withDefaults().with(alternative).test(table).getPValue();
  }
}
