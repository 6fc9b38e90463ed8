package dev.latencylens.benchmarks.runner;

import dev.latencylens.benchmarks.streaming.StreamCost;
import dev.latencylens.harness.config.Budget;
import dev.latencylens.harness.config.Limits;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.ModelPrice;
import dev.latencylens.harness.limit.Spending;
import dev.latencylens.harness.limit.TokenEstimate;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.workload.RequestSequence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run will ask for and can cost at most, before anything is sent: every stream with the
 * longest answer allowed, nothing cached, and every retry used. Not thread-safe.
 */
final class RunEstimate {
  /** Starting a process and warming it up, as seen on two cores. */
  private static final Duration ROUND_OVERHEAD = Duration.ofSeconds(6);

  /** What a stream is taken to last where nothing is known. */
  private static final Duration USUAL_STREAM = Duration.ofSeconds(3);

  private static final Duration SIMULATED_STREAM = Duration.ofSeconds(1);

  private static final int SHOWN_DIGITS = 4;

  private final RunPlan plan;
  private final RunPrices prices;
  private final Map<Integer, Spending.Cost> mostByRound = new HashMap<>();

  RunEstimate(final RunPlan plan, final RunPrices prices) {
    this.plan = plan;
    this.prices = prices;
  }

  /** The most that a round can spend. */
  Spending.Cost most(final Schedule.Slot slot) {
    return mostByRound.computeIfAbsent(slot.round(), unused -> mostOfAll(slot)).times(attempts());
  }

  /** The most that the run can spend. */
  Spending.Cost most() {
    return plan.schedule().rounds().stream()
        .map(this::most)
        .reduce(Spending.Cost.NOTHING, Spending.Cost::plus);
  }

  private long attempts() {
    return 1L + plan.configuration().safeguards().retries();
  }

  /** Adds up what each request of the round can cost: prompts differ in length. */
  private Spending.Cost mostOfAll(final Schedule.Slot slot) {
    final RequestSequence requests = plan.requests(slot);
    final Optional<ModelPrice> price = prices.of(plan.cells().get(slot.cell()).target());
    Spending.Cost sum = Spending.Cost.NOTHING;
    for (long number = 1; number <= plan.streams(slot); number++) {
      final StreamRequest request = requests.request("plan", number);
      sum =
          sum.plus(
              new Spending.Cost(1, TokenEstimate.of(request), StreamCost.atMost(request, price)));
    }
    return sum;
  }

  /** Whether the price of every prompt is known. */
  private boolean isPriced(final Schedule.Slot slot) {
    final Optional<ModelPrice> price = prices.of(plan.cells().get(slot.cell()).target());
    return price.isPresent() && (isFree(price.get()) || most(slot).picoUsd() > 0);
  }

  private static boolean isFree(final ModelPrice price) {
    return price.worstCase(1, 1) == 0;
  }

  /**
   * Why the run may not start: it could go beyond its budget, or nobody knows whether it does.
   *
   * @return what is wrong and what to do, or empty
   */
  Optional<String> refusal() {
    final Budget budget = plan.configuration().safeguards().budget();
    if (plan.simulated() || budget.equals(Budget.NONE)) {
      return Optional.empty();
    }
    if (budget.picoUsd().isEmpty()) {
      return beyond(budget);
    }
    final List<String> unpriced =
        plan.schedule().rounds().stream()
            .filter(slot -> !isPriced(slot))
            .map(slot -> plan.cells().get(slot.cell()).target().name())
            .distinct()
            .toList();
    return unpriced.isEmpty()
        ? beyond(budget)
        : Optional.of(
            "budget.usd can't be kept: no price is known for "
                + String.join(", ", unpriced)
                + "; name a file that has one as prices, or bound the budget's tokens instead");
  }

  private Optional<String> beyond(final Budget budget) {
    return Spending.exceeded(budget, most())
        .map(
            bound ->
                "the run could go beyond its budget of "
                    + bound
                    + ": at worst it needs "
                    + inWords(most())
                    + "; see --dry-run, and raise the budget or ask for less");
  }

  private String inWords(final Spending.Cost cost) {
    return String.format(
        Locale.ROOT,
        "%,d requests, %,d tokens%s",
        cost.requests(),
        cost.tokens(),
        cost.picoUsd() > 0 ? ", " + usd(cost.picoUsd()) + " USD" : "");
  }

  /** An amount in US dollars, rounded up. */
  static String usd(final long pico) {
    return BigDecimal.valueOf(pico, Budget.PICO_DIGITS)
        .setScale(SHOWN_DIGITS, RoundingMode.UP)
        .toPlainString();
  }

  /** How long the run will take, roughly. */
  Duration expected() {
    Duration expected = Duration.ZERO;
    for (final Schedule.Slot slot : plan.schedule().rounds()) {
      expected = expected.plus(ROUND_OVERHEAD).plus(expected(slot));
    }
    return expected;
  }

  private Duration expected(final Schedule.Slot slot) {
    final PlannedCell cell = plan.cells().get(slot.cell());
    final long streams = plan.streams(slot);
    final Limits limits = cell.target().limits().orElse(plan.configuration().limits().eachTarget());
    final double limited =
        limits.requestsPerSecond().isPresent()
            ? streams / limits.requestsPerSecond().getAsDouble()
            : 0;
    final double wanted =
        cell.load() instanceof Load.Open open && open.extent().duration().isPresent()
            ? open.extent().duration().get().toMillis() / 1e3
            : streams * (stream().toMillis() / 1e3) / cell.load().mostInFlight();
    return Duration.ofMillis(Math.round(1e3 * Math.max(limited, wanted)));
  }

  private Duration stream() {
    return plan.simulated() ? SIMULATED_STREAM : USUAL_STREAM;
  }

  /** The plan as a person reads it. */
  List<String> lines() {
    final List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-34s %-28s %6s %9s %14s %12s",
            "target",
            "load",
            "rounds",
            "requests",
            "tokens at most",
            "USD at most"));
    final List<PlannedCell> cells = plan.cells();
    for (int i = 0; i < cells.size(); i++) {
      final int cell = i;
      final List<Schedule.Slot> rounds =
          plan.schedule().rounds().stream().filter(slot -> slot.cell() == cell).toList();
      final Spending.Cost most =
          rounds.stream().map(this::most).reduce(Spending.Cost.NOTHING, Spending.Cost::plus);
      lines.add(
          String.format(
              Locale.ROOT,
              "%-34s %-28s %6d %,9d %,14d %12s",
              cells.get(i).target().name(),
              cells.get(i).load().label(),
              rounds.size(),
              most.requests(),
              most.tokens(),
              prices.of(cells.get(i).target()).isPresent() ? usd(most.picoUsd()) : "n/a"));
    }
    lines.add("");
    lines.add(
        "In all at most "
            + inWords(most())
            + (prices.pricesAll() ? "" : "; targets without a price are not in it")
            + ".");
    lines.add(
        "It takes about "
            + Progress.words(expected())
            + ", a stream taken as "
            + stream().toSeconds()
            + " s. Nothing was sent.");
    Measurement.reach(plan).ifPresent(lines::add);
    return lines;
  }
}
