package dev.latencylens.results.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IndependentBlocksTest {
  @Test
  void agreesWithSciPy() {
    // scipy.stats.ttest_ind(log(b), log(a), equal_var=False).confidence_interval(0.90)
    PairedBlocks.Effect effect =
        IndependentBlocks.effect(
                new double[] {200, 210, 190, 205, 199}, new double[] {230, 221, 240, 225})
            .orElseThrow();

    assertThat(effect.ratio()).isCloseTo(1.140529444209, within(1e-9));
    assertThat(effect.low()).isCloseTo(1.088671417956, within(1e-9));
    assertThat(effect.high()).isCloseTo(1.194857687685, within(1e-9));
  }

  @Test
  void oneBlockHasNoBounds() {
    assertThat(IndependentBlocks.effect(new double[] {1}, new double[] {1, 2})).isEmpty();
  }

  @Test
  void blocksWithoutSpreadHaveBoundsWithoutWidth() {
    PairedBlocks.Effect effect =
        IndependentBlocks.effect(new double[] {100, 100}, new double[] {110, 110}).orElseThrow();

    assertThat(effect.low()).isEqualTo(effect.high()).isCloseTo(1.1, within(1e-12));
  }
}
