package dev.latencylens.harness.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Budget;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpendingTest {
  private static final Spending.Cost ONE = new Spending.Cost(1, 100, 1_000);

  private static Budget budget(final long requests, final long tokens, final long picoUsd) {
    return new Budget(OptionalLong.of(requests), OptionalLong.of(tokens), OptionalLong.of(picoUsd));
  }

  @Test
  void whatExceedsABoundIsNotPaidAndTheBoundIsNamed() {
    final Spending spending = new Spending(budget(10, 250, 1_000_000));

    assertThat(spending.pay(ONE)).isEmpty();
    assertThat(spending.pay(ONE)).isEmpty();
    assertThat(spending.pay(ONE)).contains("at most 250 tokens");
    assertThat(spending.spent()).isEqualTo(ONE.times(2));
  }

  @Test
  void whatAStreamDidNotUseComesBack() {
    final Spending spending = new Spending(budget(10, 250, 2_500));
    spending.pay(ONE);
    spending.settle(ONE, OptionalLong.of(40), OptionalLong.of(300));

    assertThat(spending.spent()).isEqualTo(new Spending.Cost(1, 40, 300));
    assertThat(spending.pay(ONE)).isEmpty();
    assertThat(spending.pay(ONE)).isEmpty();
    assertThat(spending.pay(ONE)).isPresent();
  }

  @Test
  void aStreamOfUnknownUsageStaysPaidWithItsMost() {
    final Spending spending = new Spending(Budget.NONE);
    spending.pay(ONE);
    spending.settle(ONE, OptionalLong.empty(), OptionalLong.empty());

    assertThat(spending.spent()).isEqualTo(ONE);
  }

  @Test
  void aBudgetThatIsUsedUpPaysNothingMore() {
    final Budget left = budget(2, 1_000, 1_000_000).less(2, 10, 10);

    assertThat(new Spending(left).pay(ONE)).contains("at most 0 requests");
    assertThat(budget(2, 1_000, 1_000_000).less(5, 0, 0).requests()).hasValue(0);
  }

  @Test
  void costsBeyondAllNumbersAreBeyondAllBudgets() {
    final Spending.Cost huge = new Spending.Cost(1, 1, Long.MAX_VALUE / 2).times(1_000);

    assertThat(huge.plus(huge).picoUsd()).isEqualTo(Long.MAX_VALUE);
    assertThat(huge.requests()).isEqualTo(1_000);
    assertThat(Spending.exceeded(budget(5_000, 5_000, Long.MAX_VALUE - 1), huge)).isPresent();
  }

  @Test
  void moneyIsNamedInDollars() {
    assertThat(Spending.exceeded(budget(5, 5_000, 2_500_000_000_000L), ONE.times(3_000_000_000L)))
        .contains("at most 5 requests");
    assertThat(
            Spending.exceeded(
                new Budget(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.of(2_500_000_000_000L)),
                ONE.times(3_000_000_000L)))
        .contains("at most 2.5 USD");
  }
}
