package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.streaming.Carried;
import dev.latencylens.benchmarks.streaming.RoundEnd;
import dev.latencylens.harness.config.Budget;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.LimitSettings;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.limit.GateLevel;
import dev.latencylens.harness.limit.HeldBy;
import dev.latencylens.harness.limit.Spending;
import dev.latencylens.results.run.Account;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What rounds leave to each other: limits, budget, and how often each target failed. Not
 * thread-safe.
 */
final class RunTotals {
  private static final Spending.Cost ONE_REQUEST = new Spending.Cost(1, 0, 0);
  private static final String COMPLETE = "complete";

  /** How a target's streams fared so far. */
  private record Tally(long ended, long errors) {
    Tally plus(final Account account) {
      return new Tally(
          ended + account.started(),
          errors + account.started() - account.outcomes().getOrDefault(COMPLETE, 0L));
    }
  }

  private final Configuration configuration;
  private final Clock clock;
  private final Map<String, GateLevel> levels = new HashMap<>();
  private final Map<String, Tally> tallies = new HashMap<>();
  private final Map<String, String> stopped = new LinkedHashMap<>();
  private Spending.Cost spent = Spending.Cost.NOTHING;
  private Optional<String> budgetUsedUp = Optional.empty();

  RunTotals(final Configuration configuration, final Clock clock) {
    this.configuration = configuration;
    this.clock = clock;
  }

  /** Why no round of a target is to be run any more. */
  Optional<String> skip(final Target target) {
    return budgetUsedUp.or(() -> Optional.ofNullable(stopped.get(target.name())));
  }

  /** What the next round of a target starts with. */
  Carried before(final Target target) {
    final Budget budget = configuration.safeguards().budget();
    return new Carried(
        levels,
        budget.less(spent.requests(), spent.tokens(), spent.picoUsd()),
        tally(target).ended(),
        tally(target).errors());
  }

  /**
   * Takes a round into account.
   *
   * @param target whose round it was
   * @param account what became of its requests
   * @param end what its process left; where it died, it counts as if it had spent all it could
   * @param mostOfRound the most that the round could spend; asked only where it matters, as it
   *     takes every request of the round
   */
  void after(
      final Target target,
      final Account account,
      final Optional<RoundEnd> end,
      final Supplier<Spending.Cost> mostOfRound) {
    final Tally tally = tally(target).plus(account);
    tallies.put(target.name(), tally);
    if (end.isPresent()) {
      levels.putAll(end.get().levels());
      spent = spent.plus(end.get().spent());
    } else {
      levels.putAll(empty(target));
      spent = spent.plus(mostOfRound.get());
    }
    final Budget budget = configuration.safeguards().budget();
    if (account.refused() > 0 || Spending.exceeded(budget, spent.plus(ONE_REQUEST)).isPresent()) {
      budgetUsedUp =
          Spending.exceeded(budget, spent.plus(mostOfRound.get()))
              .map(bound -> "the budget is used up: " + bound);
    } else if (configuration.safeguards().errorStop().isReached(tally.ended(), tally.errors())) {
      stopped.put(
          target.name(),
          "target "
              + target.name()
              + " failed too often: "
              + tally.errors()
              + " of "
              + tally.ended()
              + " streams");
    }
  }

  private Tally tally(final Target target) {
    return tallies.getOrDefault(target.name(), new Tally(0, 0));
  }

  /** Nobody knows what a process that died had released last. */
  private Map<String, GateLevel> empty(final Target target) {
    final Instant now = clock.instant();
    final long epochNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    final Map<HeldBy.Limit, Long> nothing = new EnumMap<>(HeldBy.Limit.class);
    for (final HeldBy.Limit limit : HeldBy.Limit.values()) {
      nothing.put(limit, 0L);
    }
    final Map<String, GateLevel> empty = new HashMap<>();
    for (final LimitSettings.Named limits : configuration.limits().of(target)) {
      empty.put(limits.name(), new GateLevel(epochNanos, nothing, 0));
    }
    return empty;
  }

  /** What was spent so far. */
  Spending.Cost spent() {
    return spent;
  }

  /** Why rounds were skipped: what readers of the tables should know. */
  Map<String, String> stoppedTargets() {
    return Map.copyOf(stopped);
  }

  /** Why the whole run ended early. */
  Optional<String> budgetUsedUp() {
    return budgetUsedUp;
  }
}
