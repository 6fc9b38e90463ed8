package dev.latencylens.harness.workload;

/**
 * Which of the given prompts a request asks: all of them once, then all of them again in the same
 * order. Immutable and thread-safe.
 */
final class PromptOrder {
  private final int count;

  /** Empty where prompts are asked in turn. */
  private final int[] shuffled;

  private PromptOrder(final int count, final int[] shuffled) {
    this.count = count;
    this.shuffled = shuffled;
  }

  static PromptOrder inTurn(final int count) {
    return new PromptOrder(count, new int[0]);
  }

  /** The shuffle of Fisher and Yates, as Durstenfeld wrote it (CACM 7(7), 1964). */
  static PromptOrder shuffled(final int count, final long seed, final int block) {
    final SplitMix64 random =
        new SplitMix64(RequestKey.of(seed, RequestKey.Purpose.ORDER, block).of(0));
    final int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int i = count - 1; i > 0; i--) {
      final int other = random.below(i + 1);
      final int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    return new PromptOrder(count, order);
  }

  /**
   * The index of a request's prompt.
   *
   * @param number the request's, from 1
   */
  int index(final long number) {
    final int turn = (int) ((number - 1) % count);
    return shuffled.length == 0 ? turn : shuffled[turn];
  }
}
