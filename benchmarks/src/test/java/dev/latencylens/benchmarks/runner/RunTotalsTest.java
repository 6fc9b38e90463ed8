package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.benchmarks.streaming.RoundEnd;
import dev.latencylens.harness.config.Budget;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ErrorStop;
import dev.latencylens.harness.config.Safeguards;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.limit.Spending;
import dev.latencylens.results.run.Account;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RunTotalsTest {
  private static final Target A = Target.of("openai", "a");
  private static final Target B = Target.of("openai", "b");
  private static final Spending.Cost MOST = new Spending.Cost(10, 1_000, 0);

  private static RunTotals totals(final long requests, final double errorShare) {
    return new RunTotals(
        Configuration.of(List.of(A, B))
            .withSafeguards(
                new Safeguards(
                    new Budget(
                        OptionalLong.of(requests), OptionalLong.empty(), OptionalLong.empty()),
                    new ErrorStop(errorShare, 10),
                    0)),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  private static Account account(final long complete, final long failed) {
    return new Account(
        complete + failed, complete + failed, Map.of("complete", complete, "http_5xx", failed));
  }

  private static Optional<RoundEnd> spent(final long requests) {
    return Optional.of(new RoundEnd(Map.of(), new Spending.Cost(requests, 0, 0), Optional.empty()));
  }

  @Test
  void whatARoundSpentIsMissingFromTheNext() {
    final RunTotals totals = totals(25, 1);
    totals.after(A, account(10, 0), spent(10), () -> MOST);

    assertThat(totals.before(B).budget().requests()).hasValue(15);
    assertThat(totals.skip(B)).isEmpty();
  }

  @Test
  void aUsedUpBudgetEndsTheWholeRun() {
    final RunTotals totals = totals(10, 1);
    totals.after(A, account(10, 0), spent(10), () -> MOST);

    assertThat(totals.skip(A)).contains("the budget is used up: at most 10 requests");
    assertThat(totals.skip(B)).isEqualTo(totals.skip(A));
  }

  @Test
  void aProcessThatDiedCountsAsIfItHadSpentAllItCouldAndEmptiedItsBuckets() {
    final RunTotals totals = totals(100, 1);
    totals.after(A, new Account(10, 0, Map.of()), Optional.empty(), () -> MOST);

    assertThat(totals.spent()).isEqualTo(MOST);
    assertThat(totals.before(A).levels()).containsOnlyKeys("target openai/a");
    assertThat(totals.before(A).levels().values())
        .allSatisfy(level -> assertThat(level.available().values()).containsOnly(0L));
  }

  @Test
  void aTargetThatFailsTooOftenEndsAlone() {
    final RunTotals totals = totals(1_000, 0.5);
    totals.after(A, account(4, 5), spent(9), () -> MOST);
    assertThat(totals.skip(A)).as("9 streams are too few to tell").isEmpty();
    totals.after(A, account(0, 2), spent(2), () -> MOST);

    assertThat(totals.skip(A)).contains("target openai/a failed too often: 7 of 11 streams");
    assertThat(totals.skip(B)).isEmpty();
    assertThat(totals.before(A).errors()).isEqualTo(7);
  }
}
