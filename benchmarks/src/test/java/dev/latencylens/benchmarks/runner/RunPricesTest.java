package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.provider.Providers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPricesTest {
  private static final String OWN =
      """
      date: 2026-02-03
      currency: USD
      prices:
        - provider: openai
          model: "own-*"
          input: 2.50
          cached_input: 0.25
          output: 10
          max_input_tokens: 5000
          source: https://example.com/prices
          date: 2026-01-02
      """;

  private final Path directory;

  RunPricesTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private RunPlan plan(final boolean simulated, final String... models) throws Exception {
    Files.writeString(directory.resolve("own.yaml"), OWN);
    final StringBuilder yaml = new StringBuilder("prices: own.yaml\ntargets:\n");
    for (final String model : models) {
      yaml.append("  - { provider: openai, model: ").append(model).append(" }\n");
    }
    final Configuration configuration =
        ConfigurationReader.read(
            Files.writeString(directory.resolve("bench.yaml"), yaml), Providers.load());
    final List<Arm> arms = Arm.only(configuration);
    return new RunPlan(
        arms,
        simulated,
        configuration.targets().stream()
            .map(target -> new PlannedCell(arms.get(0), target, configuration.loads().get(0)))
            .toList(),
        Map.of(),
        Collections.nCopies(models.length, new RoundSize(100)),
        Schedule.interleaved(models.length, 1, 1),
        1);
  }

  @Test
  void eachPriceIsNotedWithItsSourceAndWhatHasNoneIsNamed() throws Exception {
    final RunPrices prices = RunPrices.of(plan(false, "own-1", "gpt-4", "unheard-of"));

    assertThat(prices.notes())
        .containsExactly(
            "Price of own-1 (openai): USD 2.5 input, 0.25 cached input, 10 output for a million"
                + " tokens, for prompts of up to 5000 tokens; read from"
                + " https://example.com/prices on 2026-01-02.",
            "Price of gpt-4 (openai): USD 30 input, 60 output for a million tokens; read from"
                + " https://developers.openai.com/api/docs/models/gpt-4.md on 2026-11-23.",
            "No price is known for unheard-of (openai): the configuration's key prices names a file"
                + " that has one.");
    assertThat(prices.of(Target.of("openai", "own-1")).orElseThrow().inputPicoUsd())
        .isEqualTo(2_500_000);
    assertThat(prices.of(Target.of("openai", "unheard-of"))).isEmpty();
  }

  @Test
  void theSuitesOwnPricesHoldOnlyAtTheProvidersOwnEndpoint() throws Exception {
    final String providersOwn = "gpt-4, base_url: \"https://api.openai.com/v1/\"";
    final String gateway = "gpt-4, base_url: \"https://gateway.example/v1\"";

    assertThat(RunPrices.of(plan(false, providersOwn)).notes())
        .singleElement()
        .asString()
        .startsWith("Price of gpt-4 (openai): USD 30 input");
    assertThat(RunPrices.of(plan(false, gateway)).notes())
        .singleElement()
        .asString()
        .startsWith("No price is known for gpt-4 (openai at a base_url of its own): ");
    assertThat(RunPrices.of(plan(false, gateway)).fileDate()).isEmpty();
    assertThat(RunPrices.of(plan(false, gateway.replace("gpt-4", "own-1"))).notes())
        .singleElement()
        .asString()
        .startsWith("Price of own-1 (openai at a base_url of its own): USD 2.5 input");
  }

  @Test
  void theDateIsThatOfTheOldestFileInUse() throws Exception {
    assertThat(RunPrices.of(plan(false, "own-1", "gpt-4")).fileDate())
        .contains(LocalDate.of(2026, 2, 3));
    assertThat(RunPrices.of(plan(false, "gpt-4")).fileDate()).contains(LocalDate.of(2026, 11, 23));
    assertThat(RunPrices.of(plan(false, "unheard-of")).fileDate()).isEmpty();
  }

  @Test
  void aRehearsalSaysThatNothingWasChargedAndTheSimulatorsOwnModelsNeedNoWord() throws Exception {
    assertThat(RunPrices.of(plan(true, "gpt-4")).notes())
        .last()
        .isEqualTo("Costs are what the simulated tokens would have cost: nothing was charged.");
    assertThat(RunPrices.of(plan(true, "sim-ttft120-gap8")).notes()).isEmpty();
  }
}
