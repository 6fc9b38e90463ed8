package dev.latencylens.results.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against values of SciPy 1.17.1; the expression that gave each stands above it. */
class GoldenStatisticsTest {
  private static final double[] D = {0.08, -0.02, 0.05, 0.11, 0.03, -0.01, 0.07, 0.04, 0.06, 0.02};

  /**
   * {@code permutation_test((d,), np.sum, permutation_type='samples', n_resamples=np.inf,
   * alternative='greater').pvalue}, and {@code 'less'}.
   */
  @Test
  void signFlipIsExact() {
    SignFlip test = SignFlip.of(D);

    assertThat(test).isEqualTo(new SignFlip(0.0068359375, 0.99609375, true));
  }

  /** The exact share of the 2^24 sums, counted as integers; four standard errors of the draws. */
  @Test
  void signFlipOfManyBlocksIsCloseToTheExactOne() {
    double[] d = IntStream.range(0, 24).mapToDouble(i -> 0.01 * (7 * i % 23 - 9)).toArray();

    SignFlip test = SignFlip.of(d);

    assertThat(test.exact()).isFalse();
    assertThat(test.slower()).isEqualTo(0.1509937047958374, within(0.0015));
    assertThat(test.faster()).isEqualTo(0.8622397184371948, within(0.0015));
  }

  /** {@code np.exp([np.mean(d), *t.interval(.9, 9, np.mean(d), sem(d))])}. */
  @Test
  void effectHasStudentsBounds() {
    double[] ones = new double[D.length];
    Arrays.fill(ones, 1);
    PairedBlocks blocks = PairedBlocks.of(ones, Arrays.stream(D).map(Math::exp).toArray());

    PairedBlocks.Effect effect = blocks.effect();

    assertThat(blocks.spread()).isEqualTo(0.04001388647846034, within(1e-14));
    assertThat(effect.ratio()).isEqualTo(1.0439378948506126, within(1e-13));
    assertThat(effect.low()).isEqualTo(1.0200021161668187, within(1e-13));
    assertThat(effect.high()).isEqualTo(1.0684353601153644, within(1e-13));
  }

  /** {@code false_discovery_control(p)}; Holm's by hand from its definition. */
  @Test
  void severalQuestionsAreAdjustedFor() {
    double[] p = {0.01, 0.04, 0.03, 0.005, 0.5};

    assertThat(Adjustment.benjaminiHochberg(p))
        .containsExactly(new double[] {0.025, 0.05, 0.05, 0.025, 0.5}, within(1e-15));
    assertThat(Adjustment.holm(p))
        .containsExactly(new double[] {0.04, 0.09, 0.09, 0.025, 0.5}, within(1e-15));
  }

  /** {@code binomtest(k, n).proportion_ci(.95, 'exact')}. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.012220974694296421",
    "3, 0.0020670072350923137, 0.028944511255692713",
    "12, 0.020836576306413716, 0.06882898818949705",
    "300, 0.9877790253057036, 1"
  })
  void failureRatesHaveClopperPearsonIntervals(int failed, double low, double high) {
    FailureComparison.Rate rate = FailureComparison.Rate.of(failed, 300);

    assertThat(rate.low()).isEqualTo(low, within(1e-10));
    assertThat(rate.high()).isEqualTo(high, within(1e-10));
  }

  /** {@code fisher_exact([[b, 300 - b], [a, 300 - a]], 'greater')}, and {@code 'less'}. */
  @ParameterizedTest
  @CsvSource({
    "3, 12, 0.01647678578955868, 0.9966463653316746",
    "12, 3, 0.9966463653316746, 0.01647678578955868",
    "5, 5, 0.6240843873586506, 0.6240843873586506",
    "0, 0, 1, 1",
    "300, 300, 1, 1"
  })
  void failureRatesAreTestedExactly(int baseline, int candidate, double worse, double better) {
    FailureComparison comparison =
        FailureComparison.of(
            FailureComparison.Rate.of(baseline, 300), FailureComparison.Rate.of(candidate, 300));

    assertThat(comparison.pWorse()).isEqualTo(worse, within(1e-10));
    assertThat(comparison.pBetter()).isEqualTo(better, within(1e-10));
  }

  /**
   * With {@code z = norm.ppf(.95) + norm.ppf(.8)}: {@code norm.cdf(np.log1p(m) * np.sqrt(F - 2) / s
   * - norm.ppf(.95))}, {@code np.expm1(z * s / np.sqrt(F - 2))}, {@code (z * s / np.log1p(m))**2 +
   * 2} rounded up, at least 6.
   */
  @ParameterizedTest
  @CsvSource({
    "0.06, 0.05, 0.7438101497295064, 0.05416195631082619, 12",
    "0.46, 0.25, 0.39250398518808616, 0.4983833257947738, 29",
    "0.03, 0.05, 0.9984372990048416, 0.02672389487672205, 6"
  })
  void powerOfTenBlocks(double spread, double margin, double power, double detectable, int settle) {
    assertThat(Power.expected(spread, 10, margin)).isEqualTo(power, within(1e-10));
    assertThat(Power.minimumDetectable(spread, 10)).isEqualTo(detectable, within(1e-10));
    assertThat(Power.blocksToSettle(spread, margin)).isEqualTo(settle);
  }

  @Test
  void tenBlocksCarrySeventeenComparisonsOfThreeQuantilesAndSixCarryOne() {
    assertThat(Power.canReach(10, 17 * 3)).isTrue();
    assertThat(Power.canReach(10, 17 * 3 + 1)).isFalse();
    assertThat(Power.leastBlocks(3)).isEqualTo(6);
    assertThat(Power.leastBlocks(4)).isEqualTo(7);
    assertThat(Power.leastBlocks(51)).isEqualTo(10);
    assertThat(Power.leastBlocks(50_000)).isEqualTo(20);
  }
}
