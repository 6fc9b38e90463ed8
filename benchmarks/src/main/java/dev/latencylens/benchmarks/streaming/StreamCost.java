package dev.latencylens.benchmarks.streaming;

import dev.latencylens.harness.config.ModelPrice;
import dev.latencylens.harness.limit.TokenEstimate;
import dev.latencylens.harness.stream.Outcome;
import dev.latencylens.harness.stream.StreamAttribute;
import dev.latencylens.harness.stream.StreamRecord;
import dev.latencylens.harness.stream.StreamRequest;
import dev.latencylens.harness.stream.Usage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a stream costs, from the tokens that its service counted. */
public final class StreamCost {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private StreamCost() {}

  /**
   * What a stream can cost at most: an answer as long as it may be, nothing cached.
   *
   * @param request what is to be asked
   * @param price the model's price, if it has one
   * @return picodollars; 0 where there is no price, or none for a prompt as long
   */
  public static long atMost(final StreamRequest request, final Optional<ModelPrice> price) {
    return price
        .filter(known -> known.holdsFor(TokenEstimate.ofInput(request)))
        .map(
            known ->
                known.worstCase(TokenEstimate.ofInput(request), TokenEstimate.ofOutput(request)))
        .orElse(0L);
  }

  /**
   * The cost of an ended stream. Of one that broke off it is not known: its counts are those until
   * then, if there are any, and the service may charge for what it went on to generate.
   *
   * @return picodollars; empty where there is no price, or no count to price
   */
  static OptionalLong of(final StreamRecord record, final Optional<ModelPrice> price) {
    if (price.isEmpty() || record.outcome() != Outcome.COMPLETE) {
      return OptionalLong.empty();
    }
    try {
      return price.get().costOf(billed(record));
    } catch (final ArithmeticException absurdCounts) {
      // A broken service must not end the round.
      return OptionalLong.empty();
    }
  }

  /**
   * The counts that are charged: a service that tells billed tokens from others says how many those
   * are, but not how many of them were cached or reasoning.
   */
  private static Usage billed(final StreamRecord record) {
    final OptionalLong input = number(record, StreamAttribute.BILLED_INPUT_TOKENS);
    final OptionalLong output = number(record, StreamAttribute.BILLED_OUTPUT_TOKENS);
    final Usage counted = record.usage();
    return new Usage(
        input.isPresent() ? input : counted.inputTokens(),
        input.isPresent() ? OptionalLong.empty() : counted.cachedInputTokens(),
        output.isPresent() ? output : counted.outputTokens(),
        output.isPresent() ? OptionalLong.empty() : counted.reasoningTokens(),
        OptionalLong.empty(),
        input.isPresent() ? OptionalLong.empty() : counted.cacheWriteTokens());
  }

  /** A number that a service sent as text: one that is none is left out. */
  static OptionalLong number(final StreamRecord record, final StreamAttribute attribute) {
    final String text = record.attributes().getOrDefault(attribute, "");
    return NUMBER.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
