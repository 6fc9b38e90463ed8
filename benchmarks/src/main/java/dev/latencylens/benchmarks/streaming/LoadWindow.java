package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.load.ArrivalPlan;
import dev.latencylens.harness.load.ClosedLoop;
import dev.latencylens.harness.load.LoadAccount;
import dev.latencylens.harness.load.OpenLoop;
import dev.latencylens.harness.load.RunningLoad;
import dev.latencylens.harness.load.Starter;
import dev.latencylens.harness.workload.RequestSequence;
import dev.latencylens.results.run.LoadReading;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The window of a round whose streams a load starts. */
final class LoadWindow {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration FIRST_SECOND = Duration.ofSeconds(1);

  private final Load load;
  private final Optional<ArrivalPlan> arrivals;

  private LoadWindow(final Load load, final Optional<ArrivalPlan> arrivals) {
    this.load = load;
    this.arrivals = arrivals;
  }

  /**
   * Fixes what is to be started, before anything is.
   *
   * @throws IOException if a trace can't be read
   */
  static LoadWindow of(final Load load, final long seed, final int block) throws IOException {
    return new LoadWindow(
        load,
        load instanceof Load.Open open
            ? Optional.of(ArrivalPlan.of(open, ArrivalPlan.seedOf(seed, block)))
            : Optional.empty());
  }

  /** The requests: where arrivals were recorded with their lengths, of those lengths. */
  RequestSequence requests(final RequestSequence requests) {
    return arrivals.flatMap(ArrivalPlan::lengths).map(requests::ofLengths).orElse(requests);
  }

  /**
   * Runs it to the end of its last stream.
   *
   * @param starter starts the streams
   * @param running takes the load once it is under way, to end it early
   */
  LoadAccount run(final Starter starter, final Consumer<RunningLoad> running) {
    final RunningLoad under =
        arrivals
            .map(plan -> OpenLoop.start(plan.schedule(), load.mostInFlight(), starter))
            .orElseGet(
                () ->
                    ClosedLoop.start(((Load.Closed) load).streams(), load.mostInFlight(), starter));
    running.accept(under);
    return under.ended().join();
  }

  /**
   * How many connections it needs at once, where streams share none: those of its users, or of the
   * arrivals of its first second.
   */
  int connections() {
    final int most = load.mostInFlight();
    return arrivals
        .map(plan -> Math.min(most, plan.schedule().dueBy(FIRST_SECOND.toNanos())))
        .orElse(most);
  }

  /** Whether it made the load; empty for a closed loop, which makes what the server lets it. */
  Optional<LoadReading> reading(final LoadAccount account) {
    return arrivals.map(
        plan ->
            new LoadReading(
                account.offered(),
                account.started(),
                account.startedWithin(plan.schedule()),
                account.waited(),
                account.longestQueue(),
                account.measuredNanos() / NANOS_PER_SECOND));
  }
}
