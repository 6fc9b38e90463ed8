package dev.latencylens.harness.workload;

/**
 * The generator SplitMix64, written out so that every Java gives the same numbers: the state grows
 * by {@link #GAMMA} for each draw, and {@link #mix} turns it into a number. Also a hash, as {@code
 * mix} is a bijection: numbers that differ stay different. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">G. L. Steele, D. Lea, C. H. Flood: Fast
 *     splittable pseudorandom number generators. OOPSLA 2014</a>, with the constants of Stafford's
 *     variant 13, as {@code java.util.SplittableRandom} has them too
 */
final class SplitMix64 {
  /** The odd number closest to 2<sup>64</sup> divided by the golden ratio. */
  static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** A generator; the same state gives the same numbers. */
  SplitMix64(final long state) {
    this.state = state;
  }

  /** The next 64 bits. */
  long next() {
    state += GAMMA;
    return mix(state);
  }

  /**
   * The next number below a bound, by the upper bits of a product: a value is more likely than
   * another by 2<sup>-32</sup> times the bound at most.
   *
   * @param bound from 1
   * @return from 0 to {@code bound - 1}
   */
  int below(final int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** Scrambles a number; no two numbers give the same. */
  static long mix(final long number) {
    long z = number;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
