package dev.latencylens.results.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latencylens.results.stats.Statistic;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
  private static final double MARGIN = 0.05;

  @ParameterizedTest
  @CsvSource({
    "1.10, 0.01, SLOWER",
    "1.03, 0.01, SAME",
    "1.00, 0.01, SAME",
    "0.90, 0.01, FASTER",
    "1.10, 0.40, INCONCLUSIVE",
    "1.00, 0.40, INCONCLUSIVE"
  })
  void fourVerdicts(double ratio, double spread, Verdict expected) {
    assertThat(only(paired(ratio, spread)).verdict()).isEqualTo(expected);
  }

  @Test
  void anEffectBelowTheMarginIsNotSlowerHoweverSureItIs() {
    Judgement judgement = only(paired(1.049, 0.0001));

    assertThat(judgement.pSlower()).isLessThan(Power.LEVEL);
    assertThat(judgement.verdict()).isEqualTo(Verdict.SAME);
  }

  @Test
  void anInconclusiveOneNamesTheBlocksThatWouldSettleIt() {
    PairedBlocks blocks = ((BlockPairing.Paired) paired(1.0, 0.2)).blocks();

    assertThat(only(paired(1.0, 0.2)).blocksToSettle())
        .hasValue(Power.blocksToSettle(blocks.spread(), MARGIN));
    assertThat(only(paired(1.1, 0.01)).blocksToSettle()).isEmpty();
  }

  @Test
  void aLargeFamilyNeedsMoreThanItsBlocksCanGive() {
    BlockPairing slower = paired(1.10, 0.01);

    assertThat(Judgement.of(Collections.nCopies(51, question(slower))))
        .allMatch(each -> each.verdict() == Verdict.SLOWER);
    assertThat(Judgement.of(Collections.nCopies(52, question(slower))))
        .allMatch(each -> each.verdict() == Verdict.INCONCLUSIVE)
        .allMatch(each -> each.blocksToSettle().orElse(0) == 11);
  }

  @Test
  void whatCannotBePairedStillCountsInTheFamily() {
    Judgement judged =
        Judgement.of(
                List.of(question(paired(1.1, 0.01)), question(new BlockPairing.Unjudged("none"))))
            .get(0);

    assertThat(judged.pSlower()).isEqualTo(2 * SignFlip.smallest(10));
  }

  @Test
  void aCensoredBaselineGivesNoVerdict() {
    List<Statistic> known = Collections.nCopies(10, new Statistic.Value(100));
    List<Statistic> censored = Collections.nCopies(10, new Statistic.Censored(200));

    Judgement judgement = only(BlockPairing.of(censored, known));

    assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judgement.effect()).isEmpty();
  }

  @Test
  void aCensoredCandidateMayOnlyBeSlower() {
    List<Statistic> known = Collections.nCopies(10, new Statistic.Value(100));

    assertThat(
            List.of(
                only(BlockPairing.of(known, Collections.nCopies(10, new Statistic.Censored(200)))),
                only(BlockPairing.of(known, Collections.nCopies(10, new Statistic.Censored(100)))),
                only(BlockPairing.of(known, Collections.nCopies(10, new Statistic.Censored(50))))))
        .extracting(Judgement::verdict)
        .containsExactly(Verdict.SLOWER, Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE);
  }

  @Test
  void tooFewReadingsInABlockGiveNoVerdict() {
    List<Statistic> known = Collections.nCopies(6, new Statistic.Value(100));
    List<Statistic> none = Collections.nCopies(6, new Statistic.Absent("none"));

    assertThat(BlockPairing.of(known, none)).isInstanceOf(BlockPairing.Unjudged.class);
  }

  @Test
  void theOrderOfBlocksDoesNotMatter() {
    double[] before = {1.1, 1.7, 0.3, 2.9, 1.3, 0.7, 1.9};
    double[] after = {1.2, 1.6, 0.4, 2.8, 1.5, 0.9, 1.8};

    PairedBlocks one = PairedBlocks.of(before, after);
    PairedBlocks other = PairedBlocks.of(reversed(before), reversed(after));

    assertThat(other.effect()).isEqualTo(one.effect());
    assertThat(other.test()).isEqualTo(one.test());
    assertThat(SignFlip.of(0.3, -0.1, 0.2)).isEqualTo(SignFlip.of(0.2, 0.3, -0.1));
  }

  @Test
  void blocksWithoutATimeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairedBlocks.of(new double[] {1, 1, 0}, new double[] {1, 1, 1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairedBlocks.of(new double[] {1, 1, 1}, new double[] {1, 1}));
  }

  private static Judgement only(BlockPairing pairing) {
    return Judgement.of(List.of(question(pairing))).get(0);
  }

  private static Judgement.Question question(BlockPairing pairing) {
    return new Judgement.Question(pairing, MARGIN);
  }

  private static BlockPairing paired(double ratio, double spread) {
    double[] before = new double[10];
    double[] after = new double[10];
    for (int i = 0; i < before.length; i++) {
      before[i] = 100 + i;
      after[i] = before[i] * ratio * Math.exp(spread * (i - 4.5) / 4.5);
    }
    return new BlockPairing.Paired(PairedBlocks.of(before, after));
  }

  private static double[] reversed(double... values) {
    double[] reversed = values.clone();
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }
}
