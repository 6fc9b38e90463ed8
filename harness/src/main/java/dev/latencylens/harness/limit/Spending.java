package dev.latencylens.harness.limit;

import dev.latencylens.harness.config.Budget;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps to a budget: each request is paid with the most that it can cost before it is sent, and
 * what it did not use comes back once that is known. Thread-safe.
 */
public final class Spending {
  private final Budget budget;
  private Cost spent = Cost.NOTHING;

  /**
   * What something costs. Sums and products that a long can't hold stay at the largest: beyond
   * every budget.
   *
   * @param requests how many requests
   * @param tokens input and output together
   * @param picoUsd money in units of 10⁻¹² US dollars
   */
  public record Cost(long requests, long tokens, long picoUsd) {
    /** Nothing. */
    public static final Cost NOTHING = new Cost(0, 0, 0);

    /**
     * Both together.
     *
     * @param other another cost
     * @return the sum
     */
    public Cost plus(final Cost other) {
      return new Cost(
          sum(requests, other.requests), sum(tokens, other.tokens), sum(picoUsd, other.picoUsd));
    }

    /**
     * So many of them.
     *
     * @param count how many, from 0
     * @return the product
     */
    public Cost times(final long count) {
      return new Cost(product(requests, count), product(tokens, count), product(picoUsd, count));
    }

    private static long sum(final long one, final long other) {
      final long sum = one + other;
      return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long product(final long one, final long count) {
      return count != 0 && one > Long.MAX_VALUE / count ? Long.MAX_VALUE : one * count;
    }
  }

  /**
   * Starts with nothing spent.
   *
   * @param budget what may be spent
   */
  public Spending(final Budget budget) {
    this.budget = budget;
  }

  /**
   * Pays for a request, if the budget allows.
   *
   * @param atMost the most that it can cost
   * @return the bound that it would exceed, in words, and nothing is paid; empty if it is paid
   */
  public synchronized Optional<String> pay(final Cost atMost) {
    final Cost then = spent.plus(atMost);
    final Optional<String> exceeded = exceeded(budget, then);
    if (exceeded.isEmpty()) {
      spent = then;
    }
    return exceeded;
  }

  /**
   * The bound that a cost exceeds.
   *
   * @param budget the bounds
   * @param cost what is to be paid in all
   * @return the bound in words, such as {@code at most 70 requests}; empty if none is exceeded
   */
  public static Optional<String> exceeded(final Budget budget, final Cost cost) {
    if (exceeds(cost.requests(), budget.requests())) {
      return Optional.of("at most " + budget.requests().orElseThrow() + " requests");
    } else if (exceeds(cost.tokens(), budget.tokens())) {
      return Optional.of("at most " + budget.tokens().orElseThrow() + " tokens");
    } else if (exceeds(cost.picoUsd(), budget.picoUsd())) {
      return Optional.of(
          "at most "
              + BigDecimal.valueOf(budget.picoUsd().orElseThrow(), Budget.PICO_DIGITS)
                  .stripTrailingZeros()
                  .toPlainString()
              + " USD");
    }
    return Optional.empty();
  }

  private static boolean exceeds(final long value, final OptionalLong bound) {
    return bound.isPresent() && value > bound.getAsLong();
  }

  /**
   * A request that was paid for is over.
   *
   * @param paid what was paid for it
   * @param tokens what it did use; empty where that is not known, and the most stays paid
   * @param picoUsd what it did cost; likewise
   */
  public synchronized void settle(
      final Cost paid, final OptionalLong tokens, final OptionalLong picoUsd) {
    spent =
        new Cost(
            spent.requests(),
            spent.tokens() - paid.tokens() + tokens.orElse(paid.tokens()),
            spent.picoUsd() - paid.picoUsd() + picoUsd.orElse(paid.picoUsd()));
  }

  /**
   * What was spent so far, requests under way with the most that they can cost.
   *
   * @return the sum
   */
  public synchronized Cost spent() {
    return spent;
  }
}
