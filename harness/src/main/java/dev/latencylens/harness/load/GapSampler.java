package dev.latencylens.harness.load;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Draws the gaps between arrivals. The generator is XoShiRo256++ of Commons RNG, named here and
 * nowhere left to a default. Its samplers are not used, as they call {@link Math#log} and the like,
 * whose last bit may differ between processors; these call {@link StrictMath}.
 */
final class GapSampler {
  private final UniformRandomProvider random;
  private final double shape;
  private final double scaleSeconds;

  private GapSampler(final double shape, final double scaleSeconds, final long seed) {
    this.shape = shape;
    this.scaleSeconds = scaleSeconds;
    random = RandomSource.XO_SHI_RO_256_PP.create(seed);
  }

  static GapSampler exponential(final double perSecond, final long seed) {
    return new GapSampler(1, 1 / perSecond, seed);
  }

  static GapSampler gamma(final double perSecond, final double shape, final long seed) {
    return new GapSampler(shape, 1 / (perSecond * shape), seed);
  }

  double nextSeconds() {
    return scaleSeconds * standard();
  }

  private double standard() {
    if (shape == 1) {
      return -StrictMath.log(aboveZero());
    }
    if (shape < 1) {
      // Marsaglia and Tsang, section 6: a gamma of shape + 1 times a power of a uniform.
      return marsagliaTsang(shape + 1) * StrictMath.pow(aboveZero(), 1 / shape);
    }
    return marsagliaTsang(shape);
  }

  /**
   * A gamma of a shape from 1 and of scale 1: G. Marsaglia and W. W. Tsang, "A simple method for
   * generating gamma variables", ACM Transactions on Mathematical Software 26(3), 2000.
   */
  private double marsagliaTsang(final double shapeFromOne) {
    final double d = shapeFromOne - 1.0 / 3;
    final double c = 1 / Math.sqrt(9 * d);
    while (true) {
      final double x = normal();
      final double root = 1 + c * x;
      if (root > 0) {
        final double v = root * root * root;
        if (StrictMath.log(aboveZero()) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
          return d * v;
        }
      }
    }
  }

  /** Marsaglia's polar method. Its second value is left, so that a draw needs no memory. */
  private double normal() {
    while (true) {
      final double x = 2 * random.nextDouble() - 1;
      final double y = 2 * random.nextDouble() - 1;
      final double s = x * x + y * y;
      if (s > 0 && s < 1) {
        return x * Math.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }

  /** Uniform above 0 up to 1, so that its logarithm is finite. */
  private double aboveZero() {
    return 1 - random.nextDouble();
  }
}
