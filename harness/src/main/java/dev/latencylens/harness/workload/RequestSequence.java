package dev.latencylens.harness.workload;

import dev.latencylens.harness.config.Dialogue;
import dev.latencylens.harness.config.ModelSettings;
import dev.latencylens.harness.config.OutputTokens;
import dev.latencylens.harness.config.Prompts;
import dev.latencylens.harness.config.Target;
import dev.latencylens.harness.config.TokenRange;
import dev.latencylens.harness.config.Workload;
import dev.latencylens.harness.provider.StreamApi;
import dev.latencylens.harness.stream.StreamRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The requests of one round: what the request of a number says depends on the workload, the seed,
 * the block and the number alone. So the cells of a block ask the same, whatever their targets, and
 * threads may ask for any number in any order. Immutable and thread-safe.
 *
 * <p>Given prompts are asked in turn; what is generated, and the prefix against prompt caches, is
 * another for each request of each block. A prefix stands at the very beginning: before the system
 * prompt, or before the first message where there is none. It is {@code "[" + 16 hexadecimal digits
 * + "] "}.
 */
public final class RequestSequence {
  private static final String WARM_UP = "Warm the client up.";

  private final Target target;
  private final Workload workload;
  private final List<Dialogue> given;
  private final PromptOrder order;
  private final RequestKey textKey;
  private final RequestKey prefixKey;
  private final String warmUp;
  private final Optional<Lengths> lengths;

  /**
   * How long a prompt and its answer are.
   *
   * @param inputTokens the prompt's tokens, from 1
   * @param outputTokens the answer's, from 1
   */
  public record Length(int inputTokens, int outputTokens) {}

  /** The lengths of requests. */
  @FunctionalInterface
  public interface Lengths {
    /**
     * The lengths of one request.
     *
     * @param number its number within the round, from 1
     * @return the lengths
     */
    Length of(long number);
  }

  private RequestSequence(
      final Target target, final Workload workload, final long seed, final int block) {
    this.target = target;
    lengths = Optional.empty();
    this.workload = workload;
    given = workload.prompts().given();
    order =
        workload.prompts() instanceof Prompts.Lines lines
                && lines.order() == Prompts.Lines.Order.SHUFFLED
            ? PromptOrder.shuffled(given.size(), seed, block)
            : PromptOrder.inTurn(given.size());
    textKey = RequestKey.of(seed, RequestKey.Purpose.TEXT, block);
    prefixKey = RequestKey.of(seed, RequestKey.Purpose.PREFIX, block);
    warmUp = unlike(given);
  }

  /**
   * The requests of a round.
   *
   * @param target who is asked
   * @param workload what is asked
   * @param seed the run's seed
   * @param block the block's number, from 0 to 8388607
   * @return the sequence
   * @throws IllegalArgumentException if the block is out of range
   */
  public static RequestSequence of(
      final Target target, final Workload workload, final long seed, final int block) {
    return new RequestSequence(target, workload, seed, block);
  }

  private RequestSequence(final RequestSequence other, final Lengths lengths) {
    target = other.target;
    workload = other.workload;
    given = List.of();
    order = other.order;
    textKey = other.textKey;
    prefixKey = other.prefixKey;
    warmUp = other.warmUp;
    this.lengths = Optional.of(lengths);
  }

  /**
   * The same with generated texts of given lengths in place of the workload's prompts, as a
   * recorded trace has them.
   *
   * @param recorded the length of each request
   * @return another sequence
   */
  public RequestSequence ofLengths(final Lengths recorded) {
    return new RequestSequence(this, recorded);
  }

  /**
   * One request.
   *
   * @param id its id within the run; never sent
   * @param number its number within the round, from 1 to 2<sup>40</sup> - 1
   * @return the request
   * @throws IllegalArgumentException if the number is out of range
   */
  public StreamRequest request(final String id, final long number) {
    if (number < 1) {
      throw new IllegalArgumentException("requests are numbered from 1");
    }
    if (lengths.isPresent()) {
      final Length length = lengths.get().of(number);
      return generated(
          id,
          number,
          length.inputTokens(),
          length.outputTokens(),
          new SplitMix64(textKey.of(number)));
    }
    if (workload.prompts() instanceof Prompts.Generated generated) {
      final SplitMix64 random = new SplitMix64(textKey.of(number));
      final int input = draw(generated.inputTokens(), random);
      final int output = draw(generated.outputTokens(), random);
      return generated(id, number, input, output, random);
    }
    final Dialogue dialogue = given.get(order.index(number));
    return request(
        id,
        number,
        dialogue.system().or(workload::system),
        dialogue.messages(),
        dialogue.maxOutputTokens().orElse(workload.maxOutputTokens()));
  }

  private StreamRequest generated(
      final String id,
      final long number,
      final int input,
      final int output,
      final SplitMix64 random) {
    final StreamRequest.Message message =
        new StreamRequest.Message(
            StreamRequest.Role.USER,
            GeneratedText.of(
                Math.max(Prompts.Generated.LEAST_INPUT_TOKENS, input), output, random));
    return request(id, number, workload.system(), List.of(message), output);
  }

  private static int draw(final TokenRange range, final SplitMix64 random) {
    return range.min() + random.below(range.max() - range.min() + 1);
  }

  private StreamRequest request(
      final String id,
      final long number,
      final Optional<String> system,
      final List<StreamRequest.Message> messages,
      final int maxOutputTokens) {
    final ModelSettings settings = workload.settings();
    final String prefix = workload.cacheBusting() ? prefix(number) : "";
    return new StreamRequest(
        id,
        target.model(),
        system.map(prefix::concat),
        system.isPresent() ? messages : prefixed(prefix, messages),
        OptionalInt.of(maxOutputTokens),
        settings.temperature(),
        settings.seed(),
        settings.stop(),
        settings.reasoningEffort(),
        settings.thinkingBudget(),
        settings.tools(),
        target.extraBody(),
        settings.outputTokens() == OutputTokens.EXACT);
  }

  private String prefix(final long number) {
    return "[" + HexFormat.of().toHexDigits(prefixKey.of(number)) + "] ";
  }

  private static List<StreamRequest.Message> prefixed(
      final String prefix, final List<StreamRequest.Message> messages) {
    if (prefix.isEmpty()) {
      return messages;
    }
    final List<StreamRequest.Message> prefixed = new ArrayList<>(messages);
    final StreamRequest.Message first = messages.get(0);
    prefixed.set(0, new StreamRequest.Message(first.role(), prefix.concat(first.text())));
    return prefixed;
  }

  /**
   * A request to warm the client up with, which asks what no request of this sequence asks. For the
   * simulator alone.
   *
   * @param id its id; never sent
   * @param model the model to ask for
   * @param maxOutputTokens the most tokens to generate
   * @return the request, the same for all ids
   */
  public StreamRequest warmUp(final String id, final String model, final int maxOutputTokens) {
    return StreamRequest.of(id, model, warmUp, maxOutputTokens);
  }

  /** Generated texts end with another sentence, and prefixes begin with a bracket. */
  private static String unlike(final List<Dialogue> given) {
    String text = WARM_UP;
    while (says(given, text)) {
      text = text.concat(" Again.");
    }
    return text;
  }

  private static boolean says(final List<Dialogue> given, final String text) {
    return given.stream()
        .flatMap(dialogue -> dialogue.messages().stream())
        .anyMatch(message -> message.text().equals(text));
  }

  /**
   * What a manifest says of the requests: the SHA-256 of the SHA-256 (32 bytes each, one after the
   * other) of the bodies of the requests 1 to {@code count}, in this order. Headers and addresses
   * are not in it. A body that many requests have is encoded once.
   *
   * @param api how the target's requests are written
   * @param baseUrl the target's endpoint
   * @param count how many requests, from 0
   * @return 64 hexadecimal digits
   */
  public String sha256(final StreamApi api, final URI baseUrl, final long count) {
    final boolean repeated = !given.isEmpty() && !workload.cacheBusting();
    final RequestDigest digest = new RequestDigest(repeated ? given.size() : 0);
    for (long number = 1; number <= count; number++) {
      final long asked = number;
      digest.add(
          repeated ? order.index(number) : RequestDigest.ONCE,
          () -> api.encode(baseUrl, request("", asked)).body());
    }
    return digest.hex();
  }
}
