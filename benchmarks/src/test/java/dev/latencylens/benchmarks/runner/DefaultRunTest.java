package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.benchmarks.streaming.SimulatedModels;
import dev.latencylens.fixtures.simulator.ModelProfile;
import dev.latencylens.fixtures.simulator.SimulatorOptions;
import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.Load;
import dev.latencylens.harness.config.Target;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DefaultRunTest {
  /** 99% confidence of two exceedances takes so many samples. */
  private static final int SAMPLES_FOR_P99 = 662;

  private final Configuration run = DefaultRun.configuration();

  @Test
  void measuresThreeProvidersWithTwoModelsEach() {
    final var modelsByProvider =
        run.targets().stream()
            .collect(
                Collectors.groupingBy(
                    Target::provider, Collectors.mapping(Target::model, Collectors.toSet())));

    assertThat(modelsByProvider).containsOnlyKeys("openai", "anthropic", "google");
    assertThat(modelsByProvider.values()).allSatisfy(models -> assertThat(models).hasSize(2));
  }

  @Test
  void twoBlocksGiveEachCellTheSamplesThatAP99Needs() {
    assertThat(run.rounds()).isEqualTo(2);
    assertThat(run.rounds() * ((Load.Closed) run.loads().get(0)).streams())
        .isGreaterThanOrEqualTo(SAMPLES_FOR_P99);
  }

  @Test
  void theSimulatorServesEveryModelAsItsNameSays() {
    final SimulatorOptions served = SimulatedModels.options(1);

    assertThat(run.targets())
        .allSatisfy(
            target -> {
              final ModelProfile profile = served.profile(target.model());
              assertThat(target.model())
                  .isEqualTo(
                      "sim-ttft%d-gap%d",
                      profile.ttftNanos() / 1_000_000, profile.gapNanos() / 1_000_000);
            });
  }
}
