package dev.latencylens.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.harness.config.Configuration;
import dev.latencylens.harness.config.ConfigurationReader;
import dev.latencylens.harness.provider.Providers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunEstimateTest {
  /** One dollar for a million tokens of the prompt, ten for one of the answer. */
  private static final String PRICES =
      """
      date: 2026-02-03
      currency: USD
      prices:
        - provider: openai
          model: priced
          input: 1
          output: 10
          max_input_tokens: 500
          source: https://example.com/prices
          date: 2026-01-02
      """;

  private final Path directory;

  RunEstimateTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private RunEstimate estimate(final String model, final String yaml) throws Exception {
    Files.writeString(directory.resolve("prices.yaml"), PRICES);
    final Path file =
        Files.writeString(
            directory.resolve("bench.yaml"),
            "prices: prices.yaml\ntargets: [{ provider: openai, model: " + model + " }]\n" + yaml);
    final Configuration configuration = ConfigurationReader.read(file, Providers.load());
    final RunPlan plan = Preparation.planOnly(Arm.only(configuration), 1, false);
    return new RunEstimate(plan, RunPrices.of(plan));
  }

  /** 30 characters are 10 tokens, and a message and the request's frame 8 each. */
  private static final String ASK =
      "workload: { prompt: \"" + "x".repeat(30) + "\", max_output_tokens: 100 }\n";

  @Test
  void theWorstCaseIsEveryAnswerAtItsLongestAndEveryRetryUsed() throws Exception {
    final RunEstimate estimate =
        estimate("priced", ASK + "load: { streams: 50, concurrency: 5 }\nretries: 1\nrounds: 3\n");

    assertThat(estimate.most().requests()).isEqualTo(50 * 2 * 3);
    assertThat(estimate.most().tokens()).isEqualTo(300 * (26 + 100));
    assertThat(estimate.most().picoUsd()).isEqualTo(300L * (26 + 10 * 100) * 1_000_000);
    assertThat(String.join("\n", estimate.lines()))
        .contains("closed 5 x 50", "In all at most 300 requests, 37,800 tokens, 0.3078 USD.");
  }

  @Test
  void aRunThatCouldExceedItsBudgetIsRefused() throws Exception {
    final String run = ASK + "load: { streams: 50 }\nrounds: 1\n";

    assertThat(estimate("priced", run + "budget: { requests: 50 }\n").refusal()).isEmpty();
    assertThat(estimate("priced", run + "budget: { requests: 49 }\n").refusal().orElseThrow())
        .contains("its budget of at most 49 requests", "50 requests, 6,300 tokens, 0.0513 USD");
    assertThat(estimate("priced", run + "budget: { usd: 0.0514 }\n").refusal()).isEmpty();
    assertThat(estimate("priced", run + "budget: { usd: 0.0512 }\n").refusal()).isPresent();
  }

  @Test
  void aBudgetOfMoneyNeedsAPriceForEveryPrompt() throws Exception {
    final String budget = "budget: { usd: 1 }\nload: { streams: 1 }\n";

    assertThat(estimate("unheard-of", budget).refusal().orElseThrow())
        .contains("no price is known for openai/unheard-of");
    // A prompt that is longer than the price holds for.
    assertThat(
            estimate("priced", budget + "workload: { prompt: \"" + "x".repeat(3_000) + "\" }\n")
                .refusal())
        .isPresent();
    assertThat(estimate("unheard-of", "load: { streams: 1 }\n").refusal()).isEmpty();
  }
}
