package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceFileTest {
  private static final String HEAD = "date: 2026-11-01\ncurrency: USD\nprices:\n";
  private static final String ENTRY =
      "  - { provider: openai, model: m, input: 1, output: 2, source: https://a.example/p, date:"
          + " 2026-10-31 }\n";

  private final Path directory;

  PriceFileTest(@TempDir final Path directory) {
    this.directory = directory;
  }

  private PriceFile load(final String yaml) throws ConfigurationException, IOException {
    return PriceFile.load(
        Files.writeString(directory.resolve("own.yaml"), yaml), ConfigurationFile.PROVIDERS);
  }

  private List<String> problems(final String yaml) {
    return catchThrowableOfType(ConfigurationException.class, () -> load(yaml)).problems().stream()
        .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
        .toList();
  }

  @Test
  void anEntryIsReadToPicodollarsATokenAndDefaultsToInputAndOutput() throws Exception {
    final PriceFile file =
        load(
            HEAD
                + """
                  - provider: [openai, azure-openai]
                    model: gpt-x
                    input: 2.5
                    cached_input: 0.000001
                    cache_write: 3
                    output: 10
                    reasoning: 12.5
                    max_input_tokens: 200000
                    source: https://a.example/prices?lang=en#text
                    date: 2026-10-31
                """
                + ENTRY);

    assertThat(file.name()).isEqualTo("own.yaml");
    assertThat(file.date()).isEqualTo(LocalDate.of(2026, 11, 1));
    final ModelPrice whole = file.entries().get(0);
    assertThat(whole.providers()).containsExactly("openai", "azure-openai");
    assertThat(whole.inputPicoUsd()).isEqualTo(2_500_000);
    assertThat(whole.cachedInputPicoUsd()).isEqualTo(1);
    assertThat(whole.cacheWritePicoUsd()).isEqualTo(3_000_000);
    assertThat(whole.outputPicoUsd()).isEqualTo(10_000_000);
    assertThat(whole.reasoningPicoUsd()).isEqualTo(12_500_000);
    assertThat(whole.maxInputTokens()).hasValue(200_000);
    assertThat(whole.source()).hasToString("https://a.example/prices?lang=en#text");
    assertThat(whole.date()).isEqualTo(LocalDate.of(2026, 10, 31));
    final ModelPrice least = file.entries().get(1);
    assertThat(least.providers()).containsExactly("openai");
    assertThat(least.cachedInputPicoUsd()).isEqualTo(1_000_000);
    assertThat(least.cacheWritePicoUsd()).isEqualTo(1_000_000);
    assertThat(least.reasoningPicoUsd()).isEqualTo(2_000_000);
    assertThat(least.maxInputTokens()).isEqualTo(OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"date", "source"})
  void anEntryWithoutDateOrSourceIsRefusedWithItsLine(final String key) {
    final String without = ENTRY.replaceFirst(", " + key + ": [^,}]+", " ");

    assertThat(problems(HEAD + ENTRY.replace("model: m", "model: fine") + without))
        .containsExactly("5:5: the key \"" + key + "\" is missing");
  }

  /** Takes each date and source out of the bundled file in turn: none may be dispensable. */
  @Test
  void theBundledFileIsRefusedAsSoonAsAnEntryLacksItsDateOrSource() throws Exception {
    final List<String> lines = bundled().lines().toList();
    int dropped = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("    date:") || lines.get(i).startsWith("    source:")) {
        final StringBuilder rest = new StringBuilder();
        for (int j = 0; j < lines.size(); j++) {
          rest.append(i == j ? "" : lines.get(j)).append('\n');
        }
        assertThat(problems(rest.toString()))
            .as("without line %d", i + 1)
            .singleElement()
            .asString()
            .endsWith(" is missing");
        dropped++;
      }
    }
    assertThat(dropped)
        .isEqualTo(2 * PriceFile.bundled(ConfigurationFile.PROVIDERS).entries().size());
  }

  @Test
  void theBundledFileHasADatedSourceForEachEntryAndNoneForTheSimulator() {
    final PriceFile bundled = PriceFile.bundled(ConfigurationFile.PROVIDERS);

    assertThat(bundled.entries())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            entry -> {
              assertThat(entry.source().getScheme()).isEqualTo("https");
              assertThat(entry.date()).isBeforeOrEqualTo(bundled.date());
              assertThat(entry.inputPicoUsd()).isPositive();
              assertThat(entry.outputPicoUsd()).isGreaterThanOrEqualTo(entry.inputPicoUsd());
              assertThat(entry.cachedInputPicoUsd()).isLessThanOrEqualTo(entry.inputPicoUsd());
            });
    for (final String provider : ConfigurationFile.PROVIDERS.ids()) {
      assertThat(bundled.priceOf(provider, "sim-ttft120-gap8")).isEmpty();
    }
  }

  private static String bundled() throws IOException {
    try (InputStream in = PriceFile.class.getResourceAsStream("prices.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Stream<Arguments> oneProblem() {
    return Stream.of(
        arguments("input: 1,", "input: -1,", "4:42: input must be a price in USD for a million"),
        arguments("input: 1,", "input: 1e3,", "4:42: input must be a price in USD for a million"),
        arguments("input: 1,", "input: 0.0000001,", "4:42: input must be a price in USD"),
        arguments("input: 1,", "input: $1,", "4:42: input must be a price in USD"),
        arguments("output: 2,", "", "4:5: the key \"output\" is missing"),
        arguments("model: m", "model: g*t", "4:32: model must be a model's id"),
        arguments("openai", "opnai", "4:17: provider is unknown: \"opnai\": did you mean"),
        arguments("openai", "[openai, 7]", "4:26: each of provider must be a provider's id"),
        arguments("https", "http", "4:64: source must be the https address"),
        arguments("https:", "see ", "4:64: source must be the https address"),
        arguments("2026-10-31", "2026-02-30", "4:91: date must be a date such as 2026-11-23"),
        arguments("2026-10-31", "today", "4:91: date must be a date such as 2026-11-23"),
        arguments("output: 2", "output: 2, per: 1000", "4:56: unknown key \"per\""));
  }

  @ParameterizedTest
  @MethodSource("oneProblem")
  void whatIsWrongIsNamedWithItsPlace(final String good, final String bad, final String expected) {
    assertThat(problems(HEAD + ENTRY.replace(good, bad)))
        .singleElement()
        .asString()
        .startsWith(expected);
  }

  @Test
  void theFileNeedsADateItsCurrencyAndOnePriceForEachModel() {
    assertThat(problems("prices:\n" + ENTRY))
        .containsExactlyInAnyOrder(
            "1:1: the key \"date\" is missing", "1:1: the key \"currency\" is missing");
    assertThat(problems(HEAD.replace("USD", "EUR") + ENTRY))
        .containsExactly("2:11: currency must be USD: no other is known, but is \"EUR\"");
    assertThat(problems(HEAD + ENTRY + ENTRY.replace("openai", "[cohere, openai]")))
        .containsExactly(
            "5:5: openai's \"m\" has a price already, in line 4: take one of the two out");
    assertThat(problems("")).containsExactly("0:0: the file is empty: it needs at least prices");
  }

  private static String entry(final String model, final int input) {
    return ENTRY
        .replace("model: m", "model: \"" + model + "\"")
        .replace("input: 1", "input: " + input);
  }

  @Test
  void theEntryThatSaysMostOfAModelWinsWhereverItStands() throws Exception {
    final PriceList prices =
        PriceList.of(
            Optional.of(
                load(
                    HEAD
                        + entry("*", 1)
                        + entry("gpt-4o-2024*", 3)
                        + entry("gpt-4o*", 2)
                        + entry("gpt-4o", 4))),
            ConfigurationFile.PROVIDERS);

    final Map<String, Long> expected =
        Map.of(
            "gpt-4o-2024-08-06", 3L,
            "gpt-4o-2024", 3L,
            "gpt-4o-mini", 2L,
            "gpt-4o", 4L,
            "gpt-4", 1L,
            "GPT-4o", 1L);
    expected.forEach(
        (model, input) ->
            assertThat(prices.priceOf("openai", model).orElseThrow().inputPicoUsd())
                .as(model)
                .isEqualTo(input * 1_000_000));
    assertThat(prices.priceOf("azure-openai", "gpt-4o")).isEmpty();
  }

  @Test
  void aConfigurationsOwnPricesComeBeforeTheBundledOnes() throws Exception {
    final ConfigurationFile file = new ConfigurationFile(directory);
    Files.writeString(directory.resolve("own.yaml"), HEAD + entry("gpt-4o*", 7));

    final Configuration configuration = file.load(ConfigurationFile.TARGETS + "prices: own.yaml\n");

    assertThat(configuration.redacted()).containsEntry("prices", "own.yaml");
    final PriceList prices = PriceList.of(configuration.prices(), ConfigurationFile.PROVIDERS);
    // Less precise than the bundled entry of this model, but the user's own.
    assertThat(prices.priceOf("openai", "gpt-4o-mini").orElseThrow().inputPicoUsd())
        .isEqualTo(7_000_000);
    assertThat(prices.fileDateOf("openai", "gpt-4o-mini")).contains(LocalDate.of(2026, 11, 1));
    assertThat(prices.priceOf("openai", "gpt-4")).isPresent();
    assertThat(prices.fileDateOf("openai", "gpt-4"))
        .contains(PriceFile.bundled(ConfigurationFile.PROVIDERS).date());
    assertThat(prices.priceOf("openai", "nobody-knows-it")).isEmpty();
    assertThat(prices.fileDateOf("openai", "nobody-knows-it")).isEmpty();
  }

  @Test
  void whatIsWrongWithANamedPriceFileIsSaidWithItsOwnPlace() throws Exception {
    final ConfigurationFile file = new ConfigurationFile(directory);
    final String yaml = ConfigurationFile.TARGETS + "prices: own.yaml\n";

    assertThat(file.problems(yaml))
        .singleElement()
        .asString()
        .startsWith("4:9: prices names a price file that can't be used:\n")
        .endsWith("own.yaml: there is no such file");
    Files.writeString(
        directory.resolve("own.yaml"), HEAD + ENTRY.replace(", date: 2026-10-31", ""));
    assertThat(file.problems(yaml))
        .singleElement()
        .asString()
        .endsWith("own.yaml:4:5: the key \"date\" is missing");
  }
}
