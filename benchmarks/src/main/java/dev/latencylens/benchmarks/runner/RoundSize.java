package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.load.ArrivalPlan;
import dev.latencylens.harness.workload.RequestSequence;
import java.io.IOException;
import java.util.Optional;

/**
 * How much a round plans.
 *
 * @param streams how many streams
 * @param arrivals when they start; empty for a closed loop
 */
record RoundSize(long streams, Optional<ArrivalPlan> arrivals) {

  /**
   * The size of one round.
   *
   * @throws IOException if a trace can't be read
   */
  static RoundSize of(final Load load, final long seed, final int block) throws IOException {
    if (load instanceof Load.Closed closed) {
      return new RoundSize(closed.streams(), Optional.empty());
    }
    final ArrivalPlan plan = ArrivalPlan.of((Load.Open) load, ArrivalPlan.seedOf(seed, block));
    return new RoundSize(plan.schedule().size(), Optional.of(plan));
  }

  /** The SHA-256 of the schedule, as the manifest has it. */
  Optional<String> scheduleSha256() {
    return arrivals.map(plan -> plan.schedule().sha256());
  }

  /** The requests: where arrivals were recorded with their lengths, of those lengths. */
  RequestSequence requests(
      final Target target, final Workload workload, final long seed, final int block) {
    final RequestSequence requests = RequestSequence.of(target, workload, seed, block);
    return arrivals.flatMap(ArrivalPlan::lengths).map(requests::ofLengths).orElse(requests);
  }
}
