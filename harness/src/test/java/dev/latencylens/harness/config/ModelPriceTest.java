package dev.latencylens.harness.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latencylens.harness.stream.Usage;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Prices in USD per million tokens are picodollars a token times a million: 2.5 is 2,500,000. */
class ModelPriceTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  /** 2.5 input, 0.25 cached, 3.125 written, 10 output, 40 reasoning. */
  private static final ModelPrice ALL_DIFFERENT =
      price(2_500_000, 250_000, 3_125_000, 10_000_000, 40_000_000, NONE);

  /** 2.5 input, 10 output, and nothing else of its own. */
  private static final ModelPrice PLAIN =
      price(2_500_000, 2_500_000, 2_500_000, 10_000_000, 10_000_000, NONE);

  private static ModelPrice price(
      final long input,
      final long cached,
      final long written,
      final long output,
      final long reasoning,
      final OptionalLong longest) {
    return new ModelPrice(
        List.of("openai"),
        "gpt-x",
        input,
        cached,
        written,
        output,
        reasoning,
        longest,
        URI.create("https://example.com/prices"),
        LocalDate.of(2026, 11, 23));
  }

  private static Usage usage(
      final OptionalLong input,
      final OptionalLong cached,
      final OptionalLong written,
      final OptionalLong output,
      final OptionalLong reasoning) {
    return new Usage(input, cached, output, reasoning, NONE, written);
  }

  private static OptionalLong some(final long count) {
    return OptionalLong.of(count);
  }

  @Test
  void inputAndOutputCostTheirPrice() {
    // 1,000 x 2.5 / 1e6 + 200 x 10 / 1e6 = 0.0025 + 0.002 = 0.0045 USD.
    assertThat(PLAIN.costOf(usage(some(1000), NONE, NONE, some(200), NONE)))
        .hasValue(4_500_000_000L);
  }

  @Test
  void cachedWrittenAndReasoningTokensAreCountedOnceAndAtTheirOwnPrice() {
    // Of 1,000: 600 x 0.25 + 100 x 3.125 + 300 x 2.5 = 150 + 312.5 + 750 = 1,212.5 millionths;
    // of 200: 150 x 40 + 50 x 10 = 6,000 + 500 = 6,500 millionths; together 0.0077125 USD.
    assertThat(ALL_DIFFERENT.costOf(usage(some(1000), some(600), some(100), some(200), some(150))))
        .hasValue(7_712_500_000L);
  }

  @Test
  void aCacheThatNobodyReportsServedNothing() {
    assertThat(ALL_DIFFERENT.costOf(usage(some(1000), NONE, NONE, some(200), some(0))))
        .isEqualTo(ALL_DIFFERENT.costOf(usage(some(1000), some(0), some(0), some(200), some(0))))
        .hasValue(4_500_000_000L);
  }

  @Test
  void reasoningIsOutputWhereItHasNoPriceOfItsOwn() {
    assertThat(PLAIN.costOf(usage(some(0), NONE, NONE, some(200), NONE)))
        .isEqualTo(PLAIN.costOf(usage(some(0), NONE, NONE, some(200), some(150))))
        .hasValue(2_000_000_000L);
  }

  @Test
  void aCountThatIsNeededAndWasNotReportedMeansNoCost() {
    assertThat(PLAIN.costOf(Usage.UNKNOWN)).isEmpty();
    assertThat(PLAIN.costOf(usage(NONE, NONE, NONE, some(200), NONE))).isEmpty();
    assertThat(PLAIN.costOf(usage(some(1000), NONE, NONE, NONE, NONE))).isEmpty();
    assertThat(ALL_DIFFERENT.costOf(usage(some(1000), NONE, NONE, some(200), NONE))).isEmpty();
  }

  @Test
  void countsThatContradictEachOtherMeanNoCost() {
    assertThat(PLAIN.costOf(usage(some(10), some(11), NONE, some(1), NONE))).isEmpty();
    assertThat(PLAIN.costOf(usage(some(10), some(6), some(6), some(1), NONE))).isEmpty();
    assertThat(PLAIN.costOf(usage(some(10), NONE, NONE, some(1), some(2)))).isEmpty();
  }

  @Test
  void aPromptLongerThanThePriceHoldsForHasNoCostAndNoWorstCase() {
    final ModelPrice shortPrompts = price(1, 1, 1, 1, 1, some(1000));

    assertThat(shortPrompts.costOf(usage(some(1000), NONE, NONE, some(1), NONE))).hasValue(1001);
    assertThat(shortPrompts.costOf(usage(some(1001), NONE, NONE, some(1), NONE))).isEmpty();
    assertThat(shortPrompts.worstCase(1000, 1)).isEqualTo(1001);
    assertThatThrownBy(() -> shortPrompts.worstCase(1001, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gpt-x")
        .hasMessageContaining("1000 tokens");
  }

  @Test
  void theWorstCaseTakesTheDearerKindOfEachToken() {
    // 1,000 x 3.125 + 200 x 40 = 3,125 + 8,000 = 11,125 millionths.
    assertThat(ALL_DIFFERENT.worstCase(1000, 200)).isEqualTo(11_125_000_000L);
    // 1,000 x 2.5 + 200 x 10 = 4,500 millionths.
    assertThat(PLAIN.worstCase(1000, 200)).isEqualTo(4_500_000_000L);
    assertThatThrownBy(() -> PLAIN.worstCase(-1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCostThatNoLongHoldsIsAnError() {
    assertThatThrownBy(() -> PLAIN.costOf(usage(some(Long.MAX_VALUE), NONE, NONE, some(1), NONE)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> PLAIN.worstCase(1, Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }
}
