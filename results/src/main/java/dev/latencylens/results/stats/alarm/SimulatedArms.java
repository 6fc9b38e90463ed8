package dev.latencylens.results.stats.alarm;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.GaussianSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Simulated first-token times of two arms: log-normal, with a drift of 5% between blocks, a spread
 * of 3% between the forks of a block and of 20% between requests, and 3% of the requests in a slow
 * tail of about three times the time, which differs by 30% between forks. Ten blocks, 300 requests
 * in each fork. Times are relative to the median.
 */
final class SimulatedArms {
  static final int BLOCKS = 10;
  private static final int REQUESTS = 300;
  private static final double TAIL_SHARE = 0.03;
  private static final double TAIL_LOG_FACTOR = Math.log(3);
  private static final Quantile HF8 = Quantile.withDefaults().with(Quantile.EstimationMethod.HF8);

  private final double[][] before = new double[BLOCKS][];
  private final double[][] after = new double[BLOCKS][];

  private final UniformRandomProvider random;
  private final SharedStateContinuousSampler drift;
  private final SharedStateContinuousSampler fork;
  private final SharedStateContinuousSampler request;
  private final SharedStateContinuousSampler tail;

  private SimulatedArms(UniformRandomProvider random) {
    this.random = random;
    this.drift = spread(0, 0.05);
    this.fork = spread(0, 0.03);
    this.request = spread(0, 0.20);
    this.tail = spread(TAIL_LOG_FACTOR, 0.30);
  }

  /** Both arms run in the same blocks, the second one slower by a share. */
  static SimulatedArms interleaved(UniformRandomProvider random, double slowdown) {
    SimulatedArms arms = new SimulatedArms(random);
    for (int block = 0; block < BLOCKS; block++) {
      double shared = arms.drift.sample();
      arms.before[block] = arms.fork(shared);
      arms.after[block] = arms.fork(shared + Math.log1p(slowdown));
    }
    return arms;
  }

  /** Each arm runs in a session of its own, whose drift all its forks have in common. */
  static SimulatedArms separateSessions(UniformRandomProvider random) {
    SimulatedArms arms = new SimulatedArms(random);
    double first = arms.drift.sample();
    double second = arms.drift.sample();
    for (int block = 0; block < BLOCKS; block++) {
      arms.before[block] = arms.fork(first);
      arms.after[block] = arms.fork(second);
    }
    return arms;
  }

  double[] beforeQuantiles(double quantile) {
    return quantiles(before, quantile);
  }

  double[] afterQuantiles(double quantile) {
    return quantiles(after, quantile);
  }

  double[] beforePooled() {
    return pooled(before);
  }

  double[] afterPooled() {
    return pooled(after);
  }

  private SharedStateContinuousSampler spread(double mean, double share) {
    return GaussianSampler.of(ZigguratSampler.NormalizedGaussian.of(random), mean, share);
  }

  private double[] fork(double level) {
    double own = level + fork.sample();
    double slow = tail.sample();
    double[] times = new double[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      boolean inTail = random.nextDouble() < TAIL_SHARE;
      times[i] = Math.exp(own + request.sample() + (inTail ? slow : 0));
    }
    return times;
  }

  private static double[] quantiles(double[][] forks, double quantile) {
    return Arrays.stream(forks).mapToDouble(times -> HF8.evaluate(times, quantile)).toArray();
  }

  private static double[] pooled(double[][] forks) {
    return Arrays.stream(forks).flatMapToDouble(Arrays::stream).toArray();
  }
}
