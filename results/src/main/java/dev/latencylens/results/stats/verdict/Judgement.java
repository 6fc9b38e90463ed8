package dev.latencylens.results.stats.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The verdict on one planned comparison, and what it rests on. The p values are adjusted by Holm
 * over the family that was judged together.
 *
 * @param verdict what was found
 * @param effect the effect and its bounds; empty where the quantiles can't be paired
 * @param pSlower the adjusted p value for slower; 1 where nothing could be tested
 * @param pFaster the adjusted p value for faster; 1 where nothing could be tested
 * @param blocksToSettle of an inconclusive one, the blocks that would settle it; empty where more
 *     blocks are not what is missing: a quantile is censored, or the effect lies close to the
 *     margin
 */
public record Judgement(
    Verdict verdict,
    Optional<PairedBlocks.Effect> effect,
    double pSlower,
    double pFaster,
    OptionalInt blocksToSettle) {

  /**
   * One planned comparison of a gated quantile.
   *
   * @param pairing its blocks
   * @param margin the share, fixed before the run, below which a change does not matter: above 0
   */
  public record Question(BlockPairing pairing, double margin) {
    /**
     * Checks the margin.
     *
     * @throws IllegalArgumentException if the margin is not above 0
     */
    public Question {
      if (!(margin > 0)) {
        throw new IllegalArgumentException("a margin above 0 is expected: " + margin);
      }
    }
  }

  /**
   * Judges all planned comparisons of a run together. One that can't be paired still counts in the
   * family, for its size was fixed before the run.
   *
   * @param questions the whole family
   * @return a judgement for each, in the same order
   */
  public static List<Judgement> of(List<Question> questions) {
    double[] slower = new double[questions.size()];
    double[] faster = new double[questions.size()];
    for (int i = 0; i < slower.length; i++) {
      slower[i] = 1;
      faster[i] = 1;
      if (questions.get(i).pairing() instanceof BlockPairing.Paired paired) {
        SignFlip test = paired.blocks().test();
        slower[i] = test.slower();
        // Of a lower bound, nothing shows that it is faster.
        faster[i] = paired.blocks().candidateCensored() ? 1 : test.faster();
      }
    }
    slower = Adjustment.holm(slower);
    faster = Adjustment.holm(faster);
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < slower.length; i++) {
      judgements.add(judge(questions.get(i), slower[i], faster[i], slower.length));
    }
    return List.copyOf(judgements);
  }

  private static Judgement judge(Question question, double slower, double faster, int family) {
    if (!(question.pairing() instanceof BlockPairing.Paired paired)) {
      return new Judgement(
          Verdict.INCONCLUSIVE, Optional.empty(), slower, faster, OptionalInt.empty());
    }
    PairedBlocks blocks = paired.blocks();
    PairedBlocks.Effect effect = blocks.effect();
    Verdict verdict = verdict(blocks, effect, slower, faster, 1 + question.margin());
    OptionalInt settle =
        verdict == Verdict.INCONCLUSIVE && !blocks.candidateCensored()
            ? more(blocks, question.margin(), family)
            : OptionalInt.empty();
    return new Judgement(verdict, Optional.of(effect), slower, faster, settle);
  }

  private static Verdict verdict(
      PairedBlocks blocks, PairedBlocks.Effect effect, double slower, double faster, double most) {
    if (slower < Power.LEVEL && effect.ratio() >= most) {
      return Verdict.SLOWER;
    }
    if (blocks.candidateCensored()) {
      return Verdict.INCONCLUSIVE;
    }
    if (faster < Power.LEVEL && effect.ratio() <= 1 / most) {
      return Verdict.FASTER;
    }
    return effect.low() > 1 / most && effect.high() < most ? Verdict.SAME : Verdict.INCONCLUSIVE;
  }

  private static OptionalInt more(PairedBlocks blocks, double margin, int family) {
    int needed = Math.max(Power.blocksToSettle(blocks.spread(), margin), Power.leastBlocks(family));
    return needed > blocks.count() ? OptionalInt.of(needed) : OptionalInt.empty();
  }
}
