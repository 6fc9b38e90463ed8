package dev.latencylens.benchmarks.runner;

import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.load.ArrivalPlan;
import dev.latencylens.harness.workload.RequestSequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much a round plans. The schedule itself is not kept, as a run can have thousands of rounds of
 * a million arrivals each.
 *
 * @param streams how many streams
 * @param scheduleSha256 the SHA-256 of their starts, as the manifest has it; empty for a closed
 *     loop
 * @param lengths the lengths that arrivals were recorded with
 */
record RoundSize(
    long streams, Optional<String> scheduleSha256, Optional<RequestSequence.Lengths> lengths) {

  /** The size of a round of a closed loop. */
  RoundSize(final long streams) {
    this(streams, Optional.empty(), Optional.empty());
  }

  /**
   * The sizes of all rounds of a run; what several rounds share is made once.
   *
   * @param schedule the rounds
   * @param cells the cells that it speaks of
   * @param seed the run's seed
   * @return a size for each round, in the order of the schedule
   * @throws IllegalArgumentException if a trace can't be read or used
   */
  static List<RoundSize> of(
      final Schedule schedule, final List<PlannedCell> cells, final long seed) {
    final Map<Arrived, RoundSize> known = new HashMap<>();
    final List<RoundSize> sizes = new ArrayList<>();
    for (final Schedule.Slot slot : schedule.rounds()) {
      sizes.add(
          cells.get(slot.cell()).load() instanceof Load.Open open
              ? known.computeIfAbsent(Arrived.in(open, seed, slot.block()), RoundSize::of)
              : new RoundSize(((Load.Closed) cells.get(slot.cell()).load()).streams()));
    }
    return sizes;
  }

  private static RoundSize of(final Arrived arrived) {
    try {
      final ArrivalPlan plan = ArrivalPlan.of(arrived.load(), arrived.seed());
      return new RoundSize(
          plan.schedule().size(), Optional.of(plan.schedule().sha256()), plan.lengths());
    } catch (final IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The requests: where arrivals were recorded with their lengths, of those lengths. */
  RequestSequence requests(
      final Target target, final Workload workload, final long seed, final int block) {
    final RequestSequence requests = RequestSequence.of(target, workload, seed, block);
    return lengths.map(requests::ofLengths).orElse(requests);
  }

  /** What arrivals are made from. */
  private record Arrived(Load.Open load, long seed) {
    static Arrived in(final Load.Open load, final long runSeed, final int block) {
      return new Arrived(load, load.arrivals().random() ? ArrivalPlan.seedOf(runSeed, block) : 0);
    }
  }
}
