package dev.latencylens.harness.workload;

/**
 * The number that a request's random parts are made from. Within one seed and purpose, no two
 * requests of any blocks have the same.
 *
 * <p>The counter {@code block << 40 | number} is another one for each request. It is multiplied by
 * an odd number, added to a number of the seed and the purpose, and mixed: all of them bijections.
 *
 * @param base what seed and purpose give
 * @param block the block's number
 */
record RequestKey(long base, int block) {
  private static final int NUMBER_BITS = 40;

  /** What random numbers are drawn for: those of one purpose tell nothing about another's. */
  enum Purpose {
    /** The text of a generated prompt, and its length. */
    TEXT(0x7465787400000000L),
    /** The prefix that no prompt cache knows. */
    PREFIX(0x7072656669780000L),
    /** The order of prompts. */
    ORDER(0x6F72646572000000L);

    private final long salt;

    Purpose(final long salt) {
      this.salt = salt;
    }
  }

  /**
   * Checks the block.
   *
   * @throws IllegalArgumentException if it does not fit the counter
   */
  RequestKey {
    if (block < 0 || block >= 1 << (Long.SIZE - 1 - NUMBER_BITS)) {
      throw new IllegalArgumentException("blocks are numbered from 0 to 8388607");
    }
  }

  static RequestKey of(final long seed, final Purpose purpose, final int block) {
    return new RequestKey(
        SplitMix64.mix(SplitMix64.mix(seed + SplitMix64.GAMMA) ^ purpose.salt), block);
  }

  /**
   * The number of one request.
   *
   * @param number from 0 to 2<sup>40</sup> - 1
   * @throws IllegalArgumentException if it is out of range
   */
  long of(final long number) {
    if (number < 0 || number >= 1L << NUMBER_BITS) {
      throw new IllegalArgumentException("requests are numbered up to 2^40 - 1");
    }
    final long counter = (long) block << NUMBER_BITS | number;
    return SplitMix64.mix(base + counter * SplitMix64.GAMMA);
  }
}
