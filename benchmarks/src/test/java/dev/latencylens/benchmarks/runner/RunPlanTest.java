package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.benchmarks.streaming.SimulatorAddress;
import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Extent;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.ModelSettings;
import dev.latencylens.harness.config.Prompts;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.results.run.PlannedRound;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunPlanTest {
  private static RunPlan plan(final boolean cacheBusting, final long seed, final int port) {
    return RunPlan.simulated(
        Arm.only(
            Configuration.of(List.of(Target.of("openai", "a"), Target.of("google", "b")))
                .withWorkload(
                    new Workload(
                        "w",
                        new Prompts.Text("Hello"),
                        Optional.empty(),
                        cacheBusting,
                        9,
                        ModelSettings.NONE))),
        seed,
        new SimulatorAddress(URI.create("https://127.0.0.1:" + port), Optional.empty()));
  }

  private static Set<String> hashes(final RunPlan plan) {
    final Set<String> hashes = new HashSet<>();
    for (final PlannedRound round : plan.rounds()) {
      hashes.add(round.requestsSha256().orElseThrow());
    }
    return hashes;
  }

  @Test
  void everyPlannedRoundSaysWhatItsRequestsHashTo() {
    // Two cells in two blocks: what does not depend on the block is the same in both.
    assertThat(hashes(plan(false, 1, 1))).hasSize(2);
    assertThat(hashes(plan(true, 1, 1))).hasSize(4);
  }

  @Test
  void aSeedGivesTheSameHashesAgainWhereverTheSimulatorListens() {
    assertThat(hashes(plan(true, 1, 1))).isEqualTo(hashes(plan(true, 1, 2)));
    assertThat(hashes(plan(true, 1, 1))).doesNotContainAnyElementsOf(hashes(plan(true, 2, 1)));
  }

  @Test
  void blocksDifferInWhatIsDrawnAndInNothingElse() {
    assertThat(schedules(new Arrivals.Poisson(50))).hasSize(2);
    assertThat(schedules(new Arrivals.Constant(50))).hasSize(1);
  }

  private static Set<String> schedules(final Arrivals arrivals) {
    final RunPlan plan =
        RunPlan.simulated(
            Arm.only(
                Configuration.of(List.of(Target.of("openai", "a"), Target.of("google", "b")))
                    .withLoad(new Load.Open(arrivals, Extent.lasting(Duration.ofSeconds(1)), 10))),
            1,
            new SimulatorAddress(URI.create("https://127.0.0.1:1"), Optional.empty()));
    final Set<String> schedules = new HashSet<>();
    for (final PlannedRound round : plan.rounds()) {
      schedules.add(round.scheduleSha256().orElseThrow());
    }
    assertThat(plan.rounds()).hasSize(4);
    return schedules;
  }
}
